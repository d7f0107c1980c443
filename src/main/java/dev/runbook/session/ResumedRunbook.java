package dev.runbook.session;

import dev.runbook.change.ChangedSteps;
import dev.runbook.console.Surroundings;
import dev.runbook.library.Library;
import java.util.List;
import java.util.Optional;

/**
 * The runbook with which a run goes on: the copy in its folder, or one that was edited since.
 *
 * @param opened the runbook
 */
public record ResumedRunbook(OpenedRunbook opened) {
    /**
     * Opens it, and shows what an edited one changes.
     *
     * @param edited the file of an edited runbook
     * @param accept whether finished steps may be other ones there
     */
    public static ResumedRunbook of(
            ExistingRun run, Optional<String> edited, boolean accept, Surroundings surroundings) {
        OpenedRunbook before = OpenedRunbook.begun(run.copy(), surroundings);
        if (edited.isEmpty()) {
            tellOfEdits(run, surroundings);
            return new ResumedRunbook(before);
        }
        OpenedRunbook now = OpenedRunbook.named(edited.get(), surroundings);
        List<String> changes = ChangedSteps.between(before.runbook(), now.runbook(), run.state(), accept);
        surroundings
                .err()
                .println(changes.isEmpty() ? "No variable, fact or step was changed." : String.join("\n", changes));
        return new ResumedRunbook(now);
    }

    private static void tellOfEdits(ExistingRun run, Surroundings surroundings) {
        String name = run.state().file();
        new Library(surroundings.folder())
                .find(name)
                .filter(file -> file.path().isPresent())
                .filter(file -> !file.digest().equals(run.state().digest()))
                .ifPresent(file -> surroundings
                        .err()
                        .println("Going on with the runbook as it was when the run began. " + file.place()
                                + " differs from it by now; to use that: --runbook " + name));
    }
}
