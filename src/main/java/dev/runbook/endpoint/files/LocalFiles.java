package dev.runbook.endpoint.files;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Reachability;
import dev.runbook.endpoint.files.FileFailures.EndedEarly;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The files of one {@link FileSystem}.
 *
 * <p>Failures, all of a definite outcome: {@code no-such-folder}, {@code not-a-folder}, {@code no-pattern},
 * {@code folder-in-pattern}, {@code nothing-to-copy}, {@code not-copied-here}, {@code bad-path} and {@code disk-full} last; {@code access-denied} is one of access; {@code file-system} (the network, a file that somebody else
 * holds), {@code held}, {@code source-changed} and {@code copy-differs} may go away; {@code cancelled} and {@code timeout} were asked for.
 *
 * <p>Only copying and deleting look at their limits, between two pieces of a file: {@link BoundedFiles} holds everything to them.
 */
public final class LocalFiles implements FileSystemEndpoint {
    private final Folder.Paths paths;
    private final Function<String, Optional<Reachability>> fileServers;

    /** The files of a file system. */
    public LocalFiles(FileSystem fileSystem) {
        this(fileSystem, Reachability::ofFileServer);
    }

    LocalFiles(FileSystem fileSystem, Function<String, Optional<Reachability>> fileServers) {
        this.paths = new Folder.Paths(fileSystem);
        this.fileServers = fileServers;
    }

    /** The files of this computer. */
    public static LocalFiles ofThisComputer() {
        return new LocalFiles(FileSystems.getDefault());
    }

    @Override
    public Answer list(String pattern, Limits limits) {
        return answer(() -> {
            if (paths.endsWithFolder(pattern)) {
                throw new EndedEarly(FileFailures.noPattern(pattern));
            }
            return rows(Folder.list(paths.folder(pattern), Folder.Paths.last(pattern))
                    .files());
        });
    }

    @Override
    public Answer reach(String path, Limits limits) {
        try {
            Files.readAttributes(paths.path(path), BasicFileAttributes.class);
            return Answer.of(List.of(Row.of("path", Value.of(path))));
        } catch (NoSuchFileException e) {
            return Answer.nothing();
        } catch (InvalidPathException e) {
            return Answer.failed(FileFailures.badPath(e.getInput(), e.getReason()));
        } catch (AccessDeniedException e) {
            return Answer.failed(FileFailures.of(e));
        } catch (IOException e) {
            // Windows has no type of its own for a file server that is not there: a refused login looks the same
            return Reachability.ofPath(path, FileFailures.of(e), fileServers);
        }
    }

    @Override
    public Answer missing(Copy copy, Limits limits) {
        return answer(() -> {
            Comparison compared = compare(copy);
            List<Row> rows = new ArrayList<>(chosen(compared.missing(), target(copy)));
            compared.source().links().forEach(name -> rows.add(leftOut(name, "link")));
            compared.source().folders().forEach(name -> rows.add(leftOut(name, "folder")));
            return rows;
        });
    }

    @Override
    public Answer copy(Copy copy, Whole whole, Limits limits) {
        return answer(() -> copyAll(compare(copy).missing(), target(copy), whole, limits));
    }

    /** Both sides, read once. */
    private record Comparison(Folder.Listing source, List<Folder.Entry> missing) {}

    private Comparison compare(Copy copy) throws IOException {
        if (copy.include().contains("/") || copy.include().contains("\\")) {
            throw new EndedEarly(FileFailures.folderInPattern(copy.include()));
        }
        Predicate<String> include = Folder.names(copy.include());
        Folder.Listing source = Folder.list(
                paths.path(copy.from()), name -> include.test(name) && !isUnfinished(name), LinkOption.NOFOLLOW_LINKS);
        if (source.files().isEmpty() && !copy.mayBeEmpty()) {
            // a target that is not there is said first: it is wrong whatever the source holds
            requireFolder(target(copy));
            throw new EndedEarly(FileFailures.nothingToCopy(copy.from(), copy.include()));
        }
        Set<String> wanted =
                source.files().stream().map(file -> folded(file.name())).collect(Collectors.toSet());
        Map<String, Long> there = new HashMap<>();
        Folder.list(target(copy), name -> wanted.contains(folded(name)), LinkOption.NOFOLLOW_LINKS)
                .files()
                .forEach(file -> there.put(folded(file.name()), file.size()));
        List<Folder.Entry> missing = source.files().stream()
                .filter(file -> !Long.valueOf(file.size()).equals(there.get(folded(file.name()))))
                .toList();
        return new Comparison(source, missing);
    }

    private Path target(Copy copy) {
        return paths.path(copy.to()).toAbsolutePath();
    }

    private static List<Row> chosen(List<Folder.Entry> files, Path to) {
        return files.stream()
                .map(file -> {
                    Path target = to.resolve(file.name());
                    return file.row()
                            .with(Row.of("target", Value.of(target.toString())))
                            .with(Row.of("replaced", Value.of(Files.exists(target, LinkOption.NOFOLLOW_LINKS))));
                })
                .toList();
    }

    private static Row leftOut(String name, String what) {
        return Row.of("name", Value.of(name)).with(Row.of("left-out", Value.of(what)));
    }

    /** Log shipping writes {@code *.wrk} until a backup is whole; ours is a copy that was cut off. */
    private static boolean isUnfinished(String name) {
        return folded(name).endsWith(".wrk") || name.endsWith(FileCopy.PARTIAL);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static List<Row> copyAll(List<Folder.Entry> files, Path to, Whole whole, Limits limits) throws IOException {
        refuseWhenFull(files, to, false);
        long total = files.stream().mapToLong(Folder.Entry::size).sum();
        try (FileCopy copy = new FileCopy(to, total, whole, limits)) {
            try {
                for (Folder.Entry file : files) {
                    copyOne(file, to, copy);
                }
            } catch (IOException e) {
                // what is whole counts, whatever ends the rest
                copy.finish();
                throw e;
            }
            return copy.finish();
        }
    }

    private static void copyOne(Folder.Entry file, Path to, FileCopy copy) throws IOException {
        try {
            copy.add(file);
        } catch (EndedEarly e) {
            throw e;
        } catch (IOException e) {
            // a full disk has no exception type of its own, so the room is measured again
            refuseWhenFull(List.of(file), to, true);
            throw e;
        }
    }

    /**
     * How much room a share has is measured at its root, where another disk may lie than at the folder, and where this account may
     * not even ask: it counts only after a write has failed.
     */
    private static void refuseWhenFull(List<Folder.Entry> files, Path folder, boolean failed) throws IOException {
        if (!failed && String.valueOf(folder.getRoot()).startsWith("\\\\")) {
            return;
        }
        long needed = 0;
        for (Folder.Entry file : files) {
            needed += FileCopy.lacking(file, folder);
        }
        OptionalLong free = free(folder);
        if (free.isPresent() && needed > free.getAsLong()) {
            throw new EndedEarly(FileFailures.diskFull(folder.toString(), needed, free.getAsLong()));
        }
    }

    /** How many bytes; empty where that may not be asked. */
    private static OptionalLong free(Path folder) {
        try {
            return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public Answer delete(Copies copies, Limits limits) {
        return answer(() -> {
            Map<Path, List<Row>> files = new LinkedHashMap<>();
            for (Row file : copies.files()) {
                Path target =
                        paths.path(file.get("target").orElseThrow().text()).toAbsolutePath();
                if (copies.of().stream().noneMatch(copy -> mayHaveWritten(copy, target))) {
                    String folders = copies.of().stream()
                            .map(copy -> shown(copy.include()) + " in " + shown(copy.to()))
                            .collect(Collectors.joining(", "));
                    throw new EndedEarly(FileFailures.notOurs(target.toString(), folders));
                }
                files.computeIfAbsent(target, unused -> new ArrayList<>()).add(file);
            }
            for (Path target : files.keySet()) {
                requireFolder(target.getParent());
            }
            List<Row> outcomes = new ArrayList<>();
            try (FileCopy reader = new FileCopy(paths.path("."), 0, whole -> {}, limits)) {
                for (Map.Entry<Path, List<Row>> file : files.entrySet()) {
                    outcomes.add(outcome(file.getKey(), () -> deleteCopy(file.getKey(), file.getValue(), reader)));
                    Path partial = FileCopy.partial(file.getKey());
                    if (Files.exists(partial, LinkOption.NOFOLLOW_LINKS)) {
                        outcomes.add(outcome(partial, () -> deletePartial(partial)));
                    }
                }
            }
            return outcomes.stream()
                    .filter(row -> !row.get("outcome").equals(Optional.of(Value.of(""))))
                    .toList();
        });
    }

    private static String shown(String pattern) {
        return pattern.replace(ANY_NAME, "*");
    }

    private static void requireFolder(Path folder) throws IOException {
        if (!Files.readAttributes(folder, BasicFileAttributes.class).isDirectory()) {
            throw new NotDirectoryException(folder.toString());
        }
    }

    /** Whether it lies directly in the folder of a copy and has a name that the copy takes. */
    private boolean mayHaveWritten(Copy copy, Path target) {
        Path folder = target(copy);
        Path parent = target.getParent();
        if (parent == null
                || parent.getNameCount() != folder.getNameCount()
                || !isSame(parent.getRoot(), folder.getRoot())) {
            return false;
        }
        for (int part = 0; part < parent.getNameCount(); part++) {
            String wanted = folder.getName(part).toString();
            String name = parent.getName(part).toString();
            boolean fits = wanted.contains(ANY_NAME)
                    ? Folder.names(wanted).test(name) && !name.equals("..") && !name.equals(".")
                    : parent.getName(part).equals(folder.getName(part));
            if (!fits) {
                return false;
            }
        }
        return Folder.names(copy.include()).test(target.getFileName().toString());
    }

    private static boolean isSame(Path one, Path other) {
        return one == null ? other == null : one.equals(other);
    }

    /** Only what was copied whole, was new there, and is still what was written. */
    private static String deleteCopy(Path target, List<Row> rows, FileCopy reader) throws IOException {
        List<Row> whole =
                rows.stream().filter(row -> row.get("sha256").isPresent()).toList();
        BasicFileAttributes there;
        try {
            there = Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return whole.isEmpty() ? "" : "gone";
        }
        boolean replaced =
                (whole.isEmpty() ? rows : whole).get(0).get("replaced").equals(Optional.of(Value.of(true)));
        if (replaced) {
            return whole.isEmpty() ? "" : "replaced";
        }
        if (whole.isEmpty()) {
            return "not-whole";
        }
        if (!there.isRegularFile()) {
            return "not-a-file";
        }
        Row last = whole.get(whole.size() - 1);
        boolean same = last.get("size").equals(Optional.of(Value.of(there.size())))
                && last.get("sha256").equals(Optional.of(Value.of(reader.readBack(target))));
        if (same) {
            Files.delete(target);
        }
        return same ? "deleted" : "changed";
    }

    private static String deletePartial(Path partial) throws IOException {
        if (!Files.readAttributes(partial, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            return "not-a-file";
        }
        Files.delete(partial);
        return "deleted";
    }

    private static Row outcome(Path path, Deletion deletion) throws EndedEarly {
        Row row = Row.of("path", Value.of(path.toString()));
        try {
            return row.with(Row.of("outcome", Value.of(deletion.outcome())));
        } catch (EndedEarly e) {
            throw e;
        } catch (IOException e) {
            return row.with(Row.of("outcome", Value.of("failed")))
                    .with(Row.of("error", Value.of(FileFailures.of(e).message())));
        }
    }

    private static List<Row> rows(List<Folder.Entry> files) {
        return files.stream().map(Folder.Entry::row).toList();
    }

    private static Answer answer(Question question) {
        try {
            return Answer.of(question.ask());
        } catch (InvalidPathException e) {
            return Answer.failed(FileFailures.badPath(e.getInput(), e.getReason()));
        } catch (IOException e) {
            return Answer.failed(FileFailures.of(e));
        }
    }

    private interface Question {
        List<Row> ask() throws IOException;
    }

    private interface Deletion {
        /** What became of a file; empty where there is nothing to say. */
        String outcome() throws IOException;
    }
}
