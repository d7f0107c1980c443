package dev.runbook.journey;

import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.rehearsal.scene.Scene;
import java.util.List;
import java.util.Optional;

/** A kind of fault at what a step sends. */
record Fault(Step step, Scene.FaultSpec.Kind kind) {
    private static final String NO_SHELL = "no shell is in play";
    private static final String WRITES_NOTHING = "it writes nothing";

    /** Why there is no such fault at this endpoint; empty where there is. */
    Optional<String> impossible() {
        Task.Action action = step.task().action().orElseThrow();
        if (action instanceof Task.Action.Cmdlet cmdlet) {
            return atShell(cmdlet.cmdlet().text());
        }
        return action instanceof Task.Action.CopyFiles
                ? atFolders()
                : atServer(
                        action instanceof Task.Action.Sql sql && sql.sql().raw().startsWith("KILL"));
    }

    /** A cmdlet that sets something writes it to the Central Management Store, a database; one that starts a service does not. */
    private Optional<String> atShell(String cmdlet) {
        boolean writes = !cmdlet.endsWith("-CsWindowsService");
        return switch (kind) {
            case DROP -> Optional.of("a shell is a process: see kill-shell");
            case DISK_FULL -> writes ? Optional.empty() : Optional.of(WRITES_NOTHING);
            case ERROR_BEFORE, ANSWER_LOST, HANG, KILL_SHELL -> Optional.empty();
        };
    }

    private Optional<String> atFolders() {
        return switch (kind) {
            case ANSWER_LOST -> Optional.of("the files are the answer");
            case KILL_SHELL -> Optional.of(NO_SHELL);
            case ERROR_BEFORE, DROP, HANG, DISK_FULL -> Optional.empty();
        };
    }

    private Optional<String> atServer(boolean kill) {
        return switch (kind) {
            case KILL_SHELL -> Optional.of(NO_SHELL);
            case DISK_FULL -> kill ? Optional.of(WRITES_NOTHING) : Optional.empty();
            case ERROR_BEFORE, ANSWER_LOST, DROP, HANG -> Optional.empty();
        };
    }

    /** What goes wrong in a rig, when the step sends this text. */
    Mishap in(Rig rig, String sent) {
        return step.task().action().orElseThrow() instanceof Task.Action.CopyFiles
                ? new FolderMishap(
                        kind, rig.ground().resolve("log-share"), rig.ground().resolve("copy-folder"))
                : EstateMishap.once(rig.estate, kind, beginning(sent));
    }

    /** Up to the parameters: the estate hears those of a procedure under other names. */
    private static String beginning(String text) {
        String[] words = text.split("\\s+");
        int count = words[0].matches("[A-Z][a-z]+-Cs.*") ? 1 : Math.min(2, words.length);
        return String.join(" ", List.of(words).subList(0, count));
    }

    /** What a person does before the run is resumed. */
    String remedy() {
        boolean copies = step.task().action().orElseThrow() instanceof Task.Action.CopyFiles;
        return switch (kind) {
            case DISK_FULL -> "room made, resumed";
            case ERROR_BEFORE, DROP -> copies ? "folder put right, resumed" : "resumed";
            case ANSWER_LOST, HANG, KILL_SHELL -> "resumed";
        };
    }
}
