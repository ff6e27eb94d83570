import { strict as assert } from 'node:assert';
import { answersFor, scheduled } from '../../src/content/schedule.ts';

describe('scheduled', () => {
  it('looks back over the frequency and the late data when nothing else is said', () => {
    const schedule = scheduled({ every: '1h', lateData: '10m' });
    assert.equal(schedule.kind === 'Scheduled' && schedule.period.text, '70m');
  });

  it('answers for the frequency before the time that is left for late data', () => {
    const schedule = scheduled({ every: '1h', lookingBack: '14d', lateData: '10m' });
    assert.equal(schedule.kind === 'Scheduled' && answersFor(schedule).text, '70m');
  });

  const accepted = [
    { every: '5m', lateData: '5m' },
    { every: '1h', lookingBack: '2d', lateData: '10m' },
    { every: '59m', lookingBack: '47h', lateData: '10m' },
    { every: '1h', lookingBack: '14d', lateData: '10m' },
  ];
  for (const times of accepted) {
    it(`accepts ${JSON.stringify(times)}`, () => {
      assert.doesNotThrow(() => scheduled(times));
    });
  }

  const refused = [
    [{ every: '4m', lateData: '5m' }, 'runs more often than every 5 minutes'],
    [{ every: '1h', lookingBack: '15d', lateData: '10m' }, 'looks back more than 14 days'],
    [{ every: '1h', lookingBack: '69m', lateData: '10m' }, 'looks back less than it answers for'],
    [{ every: '59m', lookingBack: '2d', lateData: '10m' }, 'looks back two days more often than hourly'],
  ] as const;
  for (const [times, reason] of refused) {
    it(`refuses a schedule that ${reason}`, () => {
      assert.throws(() => scheduled(times), { name: 'ContentError', code: 'schedule' });
    });
  }
});
