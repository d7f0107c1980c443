package dev.runbook.session;

import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import dev.runbook.terminal.ThisProcess;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Takes the lock of a run, and says who has it where that is not possible. */
final class Locks {
    private Locks() {}

    /**
     * The lock; refuses while another process has it.
     *
     * @param takeOver whether to take it from a process that is gone; refused while that process is alive, as far as that can be
     *     seen from here
     * @param command that does what is wanted with the run
     */
    static RunLock take(RunFolder folder, boolean takeOver, String command, CliContext around) {
        try {
            return RunLock.of(folder, around.actor(), around.clock().instant()).orElseGet(() -> {
                if (!takeOver) {
                    throw busy(folder, command, around);
                }
                return takeOver(folder, command, around);
            });
        } catch (UncheckedIOException e) {
            if (Refusal.isOfName(e.getCause())) {
                throw e;
            }
            throw new Refusal(
                    ExitCode.RESUME_NEEDED,
                    "The lock of " + folder.path() + " cannot be written: "
                            + e.getCause().getMessage()
                            + "\nNothing was begun, and the run is as it was. Make room, then: " + command);
        }
    }

    /** The lock of a new folder, of which nobody else knows. */
    static RunLock ofNew(RunFolder folder, String command, CliContext around) {
        return RunLock.of(folder, around.actor(), around.clock().instant())
                .orElseThrow(() -> busy(folder, command, around));
    }

    private static RunLock takeOver(RunFolder folder, String command, CliContext around) {
        Optional<RunLock.Owner> owner = RunLock.owner(folder);
        if (owner.filter(one -> isHere(one, around) && isAlive(one)).isPresent()) {
            throw busy(folder, command, around);
        }
        RunLock lock = RunLock.takeOver(folder, around.actor(), around.clock().instant())
                .orElseThrow(() -> busy(folder, command, around));
        around.err().println("Taken over from " + words(owner) + ".");
        return lock;
    }

    private static Refusal busy(RunFolder folder, String command, CliContext around) {
        Optional<RunLock.Owner> owner = RunLock.owner(folder);
        return new Refusal(
                ExitCode.BUSY,
                folder.path() + " is being worked on by " + words(owner) + ".\n"
                        + owner.map(one -> advice(one, command, around))
                                .orElse("Let it end first; list shows how it stands."));
    }

    private static String advice(RunLock.Owner owner, String command, CliContext around) {
        String takeOver = command + " --take-over";
        if (!isHere(owner, around)) {
            return "Let it end first. If " + owner.host() + " is gone, or that process on it, then: " + takeOver;
        }
        return isAlive(owner)
                ? "Let it end first, or end that process: Ctrl-C in its window, or kill " + owner.process() + "."
                : "That process is gone. To go on in its place: " + takeOver;
    }

    private static String words(Optional<RunLock.Owner> owner) {
        return owner.map(RunLock.Owner::words).orElse("another process");
    }

    private static boolean isHere(RunLock.Owner owner, CliContext around) {
        return owner.host().equals(around.actor().host());
    }

    /** A process that began later has only got the number of one that is gone. */
    private static boolean isAlive(RunLock.Owner owner) {
        return ThisProcess.isAlive(owner.process(), owner.since());
    }
}
