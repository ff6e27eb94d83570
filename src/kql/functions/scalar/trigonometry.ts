import type { ScalarFunction } from '../scalar-function.ts';
import { realFunction } from './real-math.ts';

export const trigonometry: readonly ScalarFunction[] = [
  realFunction('sin', 'The sine of an angle in radians.', Math.sin),
  realFunction('cos', 'The cosine of an angle in radians.', Math.cos),
  realFunction('tan', 'The tangent of an angle in radians.', Math.tan),
  realFunction('cot', 'The cotangent of an angle in radians.', (value) => 1 / Math.tan(value)),
  realFunction('asin', 'The angle in radians whose sine is a number.', Math.asin),
  realFunction('acos', 'The angle in radians whose cosine is a number.', Math.acos),
  realFunction('atan', 'The angle in radians whose tangent is a number.', Math.atan),
  realFunction('degrees', 'An angle in radians as degrees.', (value) => (value * 180) / Math.PI),
  realFunction('radians', 'An angle in degrees as radians.', (value) => (value * Math.PI) / 180),
  {
    name: 'atan2',
    signature: 'atan2(y: real, x: real): real',
    summary: 'The angle in radians between the x axis and the line to the point (x, y).',
    page: 'atan2-function',
    overloads: [{ parameters: ['real', 'real'], returns: 'real', evaluate: Math.atan2 }],
  },
  {
    name: 'pi',
    signature: 'pi(): real',
    summary: 'The constant π.',
    page: 'pi-function',
    overloads: [{ parameters: [], returns: 'real', evaluate: () => Math.PI }],
  },
];
