package dev.runbook.runs;

import dev.runbook.journal.JournalReader;
import dev.runbook.state.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All runs of a folder.
 *
 * @param path the folder; need not be there
 */
public record RunArchive(Path path) {
    /**
     * A run that lies there.
     *
     * @param folder its folder
     * @param state what its journal says; empty when the journal is not whole
     * @param underWay whether a process of this computer works on it now
     */
    public record Found(RunFolder folder, Optional<RunState> state, boolean underWay) {}

    /**
     * The runs, oldest first.
     *
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public List<Found> runs() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(path)) {
            return folders.map(RunFolder::new)
                    .filter(RunFolder::holdsRun)
                    .sorted(Comparator.comparing(RunFolder::id))
                    .map(RunArchive::found)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A name that no run here has yet: the one that is wanted, or that with a number behind it. */
    public String freeName(String wanted) {
        String name = wanted;
        for (int number = 2; Files.exists(path.resolve(name)); number++) {
            name = wanted + "-" + number;
        }
        return name;
    }

    /** The run that somebody names by its folder or by its id. */
    public Optional<RunFolder> find(Path named) {
        return Stream.of(new RunFolder(named), new RunFolder(path.resolve(named)))
                .filter(RunFolder::holdsRun)
                .findFirst();
    }

    /** The unfinished runs of a runbook: those that have done something first, and of these the newest. A
     * rehearsal is none: nobody can go on with it. */
    public List<Found> unfinished(String runbook) {
        return runs().stream()
                .filter(run -> run.state()
                        .filter(state -> !state.isOver()
                                && state.start().scene().isEmpty()
                                && state.start().runbook().equals(runbook))
                        .isPresent())
                .sorted(Comparator.comparing(
                                (Found run) -> !run.state().orElseThrow().hasChanges())
                        .thenComparing(run -> run.state().orElseThrow().startedAt(), Comparator.reverseOrder()))
                .toList();
    }

    private static Found found(RunFolder folder) {
        Optional<RunState> state = folder.read() instanceof JournalReader.Result.Whole whole
                ? Optional.of(RunState.of(whole.read().entries()))
                : Optional.empty();
        return new Found(folder, state, RunLock.isHeld(folder));
    }
}
