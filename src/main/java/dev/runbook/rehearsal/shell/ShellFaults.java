package dev.runbook.rehearsal.shell;

import dev.runbook.rehearsal.shell.CmdletError.ErrorRecord;
import java.util.Optional;

/** Says what goes wrong. Asked once for each call, after its parameters were found good. */
@FunctionalInterface
public interface ShellFaults {
    /** Nothing goes wrong. */
    ShellFaults NONE = cmdlet -> Optional.empty();

    /**
     * What goes wrong with a call.
     *
     * @param cmdlet its name
     * @return empty when nothing does. A fault that happens only once is used up by this answer
     */
    Optional<Fault> strike(String cmdlet);

    /** What can go wrong. */
    sealed interface Fault {
        /** The cmdlet fails before it does anything. */
        record ErrorBefore(ErrorRecord error) implements Fault {}

        /** The cmdlet takes effect, then the shell dies before the answer. */
        record AnswerLost() implements Fault {}

        /** The shell dies before the cmdlet does anything. */
        record KillShell() implements Fault {}

        /** Nothing comes back until the client stops the call; the cmdlet does nothing. */
        record Hang() implements Fault {}
    }
}
