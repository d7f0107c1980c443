package dev.runbook.session;

import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.powershell.ShellLauncher;
import dev.runbook.runs.RunFolder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Where a run plays: in the real world, or in a rehearsal.
 *
 * @param launcher makes what starts management shells, and hands no secret on to them that it can mask
 * @param cast puts somebody beside or in place of the person at the terminal
 * @param reach what may be touched of everything that the endpoints can reach
 * @param scene in which a rehearsal begins, whose estate is gone when the process has ended; empty for a run, which can be resumed
 * @param left hears when the process leaves the run
 */
public record Stage(
        Function<UnaryOperator<String>, ShellLauncher> launcher,
        UnaryOperator<Operator> cast,
        UnaryOperator<Endpoints> reach,
        Optional<String> scene,
        Consumer<Left> left) {
    /** A stage on which nobody listens for the end. */
    public Stage(
            Function<UnaryOperator<String>, ShellLauncher> launcher,
            UnaryOperator<Operator> cast,
            UnaryOperator<Endpoints> reach,
            Optional<String> scene) {
        this(launcher, cast, reach, scene, unused -> {});
    }

    /** The same, where somebody listens. */
    public Stage heardBy(Consumer<Left> listener) {
        return new Stage(launcher, cast, reach, scene, listener);
    }

    /**
     * A run that a process leaves.
     *
     * @param folder its folder
     * @param resume the arguments with which it is resumed, but for an answer that is missing; not quoted
     */
    public record Left(RunFolder folder, List<String> resume) {
        /** Copies the list. */
        public Left {
            resume = List.copyOf(resume);
        }
    }
}
