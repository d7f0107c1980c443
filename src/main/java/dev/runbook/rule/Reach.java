package dev.runbook.rule;

/** How much of a runbook has to be read before a rule can be believed: a part may be no YAML, and the rest is looked at still. */
public enum Reach {
    /** It judges by what stands there, whatever stands elsewhere. */
    PART,
    /** It says that nothing of a name is there. Some of its findings are false when that stands in a part that was not read. */
    NAMES,
    /** It says which shells there are. */
    SHELLS,
    /** It says that nothing anywhere uses something. */
    WHOLE
}
