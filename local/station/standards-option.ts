import { type AppliedStandard, appliedStandardsSchema } from '../../shared/environment/standards/applied-standard.ts';
import { limitsOfClass, standardOf } from '../../shared/environment/standards/registry.ts';

/** `qcvn08-2023:B` as a choice of standard and class. */
const choiceOf = (text: string): AppliedStandard => {
  const [standard = '', chosen] = text.split(':', 2);
  return { standard, ...(chosen !== undefined && { class: chosen }) };
};

const has = ({ standard: id, class: chosen }: AppliedStandard, limitId: string): boolean => {
  const standard = standardOf(id);
  return standard !== undefined && limitsOfClass(standard, chosen).some((limit) => limit.limitId === limitId);
};

/**
 * A station's standards from `--standard ID[:CLASS]` (`none` for none at all) and `--accept-unverified LIMIT`, each as often as needed;
 * `undefined` where neither is given. @throws Error in words for the person at the keyboard.
 */
export const standardsFromOptions = (
  named: readonly string[] | undefined,
  accepted: readonly string[] = [],
): readonly AppliedStandard[] | undefined => {
  if (named === undefined) {
    if (accepted.length > 0) throw new Error('--accept-unverified: needs the --standard that the limit is of');
    return undefined;
  }
  const choices = named.length === 1 && named[0] === 'none' ? [] : named.map(choiceOf);
  const parsed = appliedStandardsSchema.safeParse(choices);
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ message }) => `--standard: ${message}`).join('\n'));
  const unknown = accepted.filter((limitId) => !choices.some((choice) => has(choice, limitId)));
  if (unknown.length > 0) throw new Error(`--accept-unverified: no limit of these standards: ${unknown.join(', ')}`);
  return choices.map((choice) => {
    const own = accepted.filter((limitId) => has(choice, limitId));
    return own.length === 0 ? choice : { ...choice, acceptUnverified: own };
  });
};
