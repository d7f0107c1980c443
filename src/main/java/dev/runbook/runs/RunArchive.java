package dev.runbook.runs;

import dev.runbook.event.Ending;
import dev.runbook.journal.JournalReader;
import dev.runbook.journal.PrivateFiles;
import dev.runbook.state.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All runs of a folder. Looking at them writes nothing, and none of them keeps anybody from looking at the others or from
 * beginning a new one, whatever lies there.
 *
 * @param path the folder; need not be there
 */
public record RunArchive(Path path) {
    /** A journal of more bytes is not read for a list of many; to look at it alone is possible. */
    private static final long MAX_IN_LIST = 64L << 20;

    private static final int MAX_OF_A_NAME = 10_000;

    /**
     * A run that lies there.
     *
     * @param folder its folder
     * @param state what its journal says; empty when it cannot be told
     * @param underWay whether a process works on it, as far as that can be told
     * @param unread why its state cannot be told, in a few words
     * @param openEnd whether lines may be missing at the end of its journal
     */
    public record Found(RunFolder folder, Optional<RunState> state, boolean underWay, String unread, boolean openEnd) {}

    /**
     * The runs, oldest first.
     *
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public List<Found> runs() {
        return folders().map(RunArchive::found).toList();
    }

    /**
     * The other runs beside one of them, as far as they can be read.
     *
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public List<RunState> beside(RunFolder run) {
        return folders()
                .filter(folder -> !folder.id().equals(run.id()))
                .flatMap(folder -> found(folder).state().stream())
                .toList();
    }

    private Stream<RunFolder> folders() {
        if (!Files.isDirectory(path)) {
            return Stream.of();
        }
        List<RunFolder> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(path)) {
            folders.map(RunFolder::new)
                    .filter(folder -> folder.holdsRun() || isClosed(folder))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted(Comparator.comparing(RunFolder::id));
    }

    /** A folder into which this user may not look may be a run. Those of the system are none. */
    private static boolean isClosed(RunFolder folder) {
        boolean untold = !Files.exists(folder.path()) && !Files.notExists(folder.path());
        return (untold
                        || Files.isDirectory(folder.path())
                                && !(Files.isReadable(folder.path()) && Files.isExecutable(folder.path())))
                && !folder.id().startsWith(".")
                && !folder.id().equals("lost+found");
    }

    /**
     * Makes the folder of a new run, and this one where it is not there.
     *
     * @param wanted the name; where it is taken, a number is put after it
     * @param shared whether the group of this folder may work on the run too; it may anyway where the folder is made for that
     * @throws IOException if that is not possible
     */
    public RunFolder make(String wanted, boolean shared) throws IOException {
        for (int number = 1; ; number++) {
            Optional<RunFolder> made = makeExactly(number == 1 ? wanted : wanted + "-" + number, shared);
            if (made.isPresent()) {
                return made.get();
            }
            if (number == MAX_OF_A_NAME) {
                throw new FileAlreadyExistsException(path.resolve(wanted).toString());
            }
        }
    }

    /** Makes the folder of a run of that very name; empty where something of that name lies there. */
    public Optional<RunFolder> makeExactly(String name, boolean shared) throws IOException {
        if (!Files.isDirectory(path)) {
            // a share or a drive can be the folder itself, and cannot be made
            Files.createDirectories(path);
        }
        try {
            Path folder = path.resolve(name);
            PrivateFiles.createFolder(folder, shared || PrivateFiles.isShared(path));
            return Optional.of(new RunFolder(folder));
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        }
    }

    /** The run that somebody names by its folder or by its id. */
    public Optional<RunFolder> find(Path named) {
        return Stream.of(new RunFolder(named), new RunFolder(path.resolve(named)))
                .filter(RunFolder::holdsRun)
                .findFirst();
    }

    /**
     * The unfinished runs of a runbook: those that have done something first, and of these the newest. A rehearsal is none:
     * nobody can go on with it. Nor is one that failed and changed nothing: a new one does the same.
     */
    public static List<Found> unfinished(List<Found> runs, String runbook) {
        return runs.stream()
                .filter(run -> run.state()
                        .filter(state -> !state.isOver()
                                && !(state.ending()
                                                .filter(Ending.FAILED_UNCHANGED::equals)
                                                .isPresent()
                                        && !state.hasChanges())
                                && state.start().scene().isEmpty()
                                && state.start().runbook().equals(runbook))
                        .isPresent())
                .sorted(Comparator.comparing(
                                (Found run) -> !run.state().orElseThrow().hasChanges())
                        .thenComparing(run -> run.state().orElseThrow().startedAt(), Comparator.reverseOrder()))
                .toList();
    }

    /**
     * What the events of a journal come to; empty where no run of this program can have been like that: somebody who forges a
     * journal can make its hashes too.
     */
    public static Optional<RunState> state(JournalReader.Read read) {
        try {
            return Optional.of(RunState.of(read.entries()));
        } catch (IllegalStateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Found found(RunFolder folder) {
        if (!folder.holdsRun() || !Files.isReadable(folder.journal())) {
            return new Found(folder, Optional.empty(), RunLock.isHeld(folder), "may not be read by this user", false);
        }
        RunLock.Seen<JournalReader.Result> seen =
                RunLock.seen(folder, () -> new JournalReader().read(folder.journal(), MAX_IN_LIST));
        Optional<JournalReader.Read> read =
                seen.read() instanceof JournalReader.Result.Whole whole ? Optional.of(whole.read()) : Optional.empty();
        boolean large = folder.journalSize() > MAX_IN_LIST;
        return new Found(
                folder,
                read.flatMap(RunArchive::state),
                seen.isHeld(),
                large ? "journal is too large to be read here" : "journal is broken",
                read.flatMap(JournalReader.Read::openEnd).isPresent());
    }
}
