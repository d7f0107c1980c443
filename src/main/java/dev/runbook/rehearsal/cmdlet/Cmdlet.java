package dev.runbook.rehearsal.cmdlet;

import java.util.List;

/** One simulated cmdlet. Used by several shells at a time. */
public interface Cmdlet {
    /** Its exact name. */
    String name();

    /** The parameters that it declares, without the common ones. */
    List<Parameter> parameters();

    /** Whether it changes something, and so takes {@code -WhatIf} and {@code -Confirm}. */
    boolean changes();

    /**
     * Runs it. Called with parameters as declared, and not at all when {@code -WhatIf} was given.
     *
     * @return what it writes: {@link ShellObject}s or scalars
     * @throws CmdletError when it fails
     */
    List<Object> run(Call call);
}
