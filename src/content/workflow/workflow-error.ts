export type WorkflowErrorCode =
  | 'action-name'
  | 'action-duplicate'
  | 'action-unknown'
  | 'action-does-not-precede'
  | 'action-inside-loop'
  | 'action-runs-on'
  | 'actions-too-many'
  | 'actions-too-deep'
  | 'expression-too-long'
  | 'expression-type'
  | 'item-outside-list'
  | 'parameter-unknown'
  | 'parameter-unused'
  | 'playbook-metadata'
  | 'terminate-inside-loop'
  | 'variable-duplicate'
  | 'variable-unknown'
  | 'variable-initialised-inside'
  | 'variable-self-reference'
  | 'variable-set-in-foreach';

/**
 * A playbook or its workflow that Logic Apps would refuse, or would run with another meaning than it reads.
 * `position` is the way to the action from the outside in (`['Contain', 'Attempt', 'Decision']`).
 */
export class WorkflowError extends Error {
  readonly code: WorkflowErrorCode;
  readonly position: readonly string[];
  readonly hint: string;

  constructor(code: WorkflowErrorCode, position: readonly string[], message: string, hint: string) {
    super(`${position.length === 0 ? 'workflow' : position.join(' > ')}: ${message}`);
    this.name = 'WorkflowError';
    this.code = code;
    this.position = position;
    this.hint = hint;
  }
}
