package dev.runbook.endpoint.files;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Limits;
import dev.runbook.value.Row;
import dev.runbook.value.Value;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The files of one {@link FileSystem}.
 *
 * <p>Failures, all of a definite outcome: {@code no-such-folder}, {@code not-a-folder}, {@code no-pattern},
 * {@code bad-path} and {@code disk-full} last; {@code access-denied} is one of access; {@code file-system} (the network, a file that somebody else
 * holds), {@code source-changed} and {@code copy-differs} may go away; {@code cancelled} and {@code timeout} were asked for.
 *
 * <p>Only a copy looks at its limits, between two pieces of a file: {@link BoundedFiles} holds everything to them.
 */
public final class LocalFiles implements FileSystemEndpoint {
    private final PathText paths;

    /** The files of a file system. */
    public LocalFiles(FileSystem fileSystem) {
        this.paths = new PathText(fileSystem);
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
            return rows(FoundFile.in(paths.folder(pattern), PathText.glob(pattern)));
        });
    }

    @Override
    public Answer reach(String path, Limits limits) {
        return answer(() -> isThere(paths.path(path)) ? List.of(Row.of("path", Value.of(path))) : List.of());
    }

    private static boolean isThere(Path path) throws AccessDeniedException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return true;
        } catch (AccessDeniedException e) {
            // it is there, and refuses: no answer to the question
            throw e;
        } catch (IOException e) {
            // Windows has no type of its own for a file server that is not there
            return false;
        }
    }

    @Override
    public Answer missing(String from, String to, String include, Limits limits) {
        return answer(() -> chosen(different(paths.path(from), paths.path(to), Glob.of(include)), paths.path(to)));
    }

    @Override
    public Answer copy(String from, String to, String include, Limits limits) {
        return answer(() -> copyAll(paths.path(from), paths.path(to), Glob.of(include), limits));
    }

    @Override
    public Answer delete(List<String> files, Limits limits) {
        return answer(() -> {
            for (String file : files) {
                Files.deleteIfExists(paths.path(file));
            }
            return List.of();
        });
    }

    private static List<FoundFile> different(Path from, Path to, Glob include) throws IOException {
        Map<String, Long> there = new LinkedHashMap<>();
        FoundFile.in(to, Glob.ANY).forEach(file -> there.put(folded(file.name()), file.size()));
        return FoundFile.in(from, include).stream()
                .filter(file -> !isUnfinished(file.name()))
                .filter(file -> !Long.valueOf(file.size()).equals(there.get(folded(file.name()))))
                .toList();
    }

    private static List<Row> chosen(List<FoundFile> files, Path to) {
        return rows(files).stream()
                .map(row -> {
                    Path target = to.resolve(row.get("name").orElseThrow().text());
                    return row.with(Row.of("target", Value.of(target.toString())))
                            .with(Row.of("replaced", Value.of(Files.exists(target))));
                })
                .toList();
    }

    /** Log shipping writes {@code *.wrk} until a backup is whole; ours is a copy that was cut off. */
    private static boolean isUnfinished(String name) {
        return folded(name).endsWith(".wrk") || name.endsWith(FileCopy.PARTIAL);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static List<Row> copyAll(Path from, Path to, Glob include, Limits limits) throws IOException {
        List<FoundFile> files = different(from, to, include);
        long total = files.stream().mapToLong(FoundFile::size).sum();
        refuseWhenFull(files, to);
        CopyProgress progress = new CopyProgress(limits, total);
        List<Row> added = new ArrayList<>();
        for (FoundFile file : files) {
            progress.check();
            Path target = to.resolve(file.name());
            boolean replaced = Files.exists(target);
            String sha256 = copyOne(file, to, progress);
            added.add(addedRow(file, target, sha256, replaced));
        }
        return added;
    }

    private static String copyOne(FoundFile file, Path to, CopyProgress progress) throws IOException {
        try {
            return new FileCopy(file, to, progress).copy();
        } catch (EndedEarly e) {
            throw e;
        } catch (IOException e) {
            // a full disk has no exception type of its own, so the room is measured again
            refuseWhenFull(List.of(file), to);
            throw e;
        }
    }

    private static void refuseWhenFull(List<FoundFile> files, Path folder) throws IOException {
        long needed = 0;
        for (FoundFile file : files) {
            Path partial = FileCopy.partialIn(folder, file.name());
            needed += Math.max(0, file.size() - (Files.exists(partial) ? Files.size(partial) : 0));
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (needed > free) {
            throw new EndedEarly(FileFailures.diskFull(folder.toString(), needed, free));
        }
    }

    private static Row addedRow(FoundFile file, Path target, String sha256, boolean replaced) {
        Map<String, Value> columns = new LinkedHashMap<>();
        columns.put("name", Value.of(file.name()));
        columns.put("path", Value.of(target.toString()));
        columns.put("size", Value.of(file.size()));
        columns.put("sha256", Value.of(sha256));
        columns.put("replaced", Value.of(replaced));
        return new Row(columns);
    }

    private static List<Row> rows(List<FoundFile> files) {
        return files.stream().map(FoundFile::row).toList();
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
}
