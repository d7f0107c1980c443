package dev.runbook.endpoint.files;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.base.Wildcards;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Reachability;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads folders, and the texts that name them and what lies in them. */
final class Folder {
    private Folder() {}

    /**
     * A file that lies in a folder.
     *
     * @param path where
     * @param size in bytes
     * @param modified when it was last written to
     */
    record Entry(Path path, long size, FileTime modified) {
        private static final DateTimeFormatter MOMENT =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

        /** The name without the folder. */
        String name() {
            return nameOf(path);
        }

        /** {@code name}, {@code path}, {@code size} in bytes, {@code modified} in UTC. */
        Row row() {
            Map<String, Value> columns = new LinkedHashMap<>();
            columns.put("name", Value.of(name()));
            columns.put("path", Value.of(path.toString()));
            columns.put("size", Value.of(size));
            columns.put("modified", Value.of(MOMENT.format(modified.toInstant())));
            return new Row(columns);
        }
    }

    /**
     * What lies in a folder, each by name.
     *
     * @param files plain files
     * @param links names of links; empty where they are followed
     * @param folders names of folders
     */
    record Listing(List<Entry> files, List<String> links, List<String> folders) {}

    private static final Comparator<String> BY_NAME =
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    /** What lies in a folder and has such a name. */
    static Listing list(Path folder, Predicate<String> names, LinkOption... links) throws IOException {
        Listing found = new Listing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, entry -> names.test(nameOf(entry)))) {
            for (Path entry : entries) {
                add(entry, found, links);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.files().sort(Comparator.comparing(Entry::name, BY_NAME));
        found.links().sort(BY_NAME);
        found.folders().sort(BY_NAME);
        return found;
    }

    private static void add(Path entry, Listing found, LinkOption... links) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class, links);
        } catch (NoSuchFileException e) {
            // it went away while we were reading the folder, so it is not in it
            return;
        }
        if (attributes.isRegularFile()) {
            found.files().add(new Entry(entry, attributes.size(), attributes.lastModifiedTime()));
        } else if (attributes.isDirectory()) {
            found.folders().add(nameOf(entry));
        } else if (attributes.isSymbolicLink()) {
            found.links().add(nameOf(entry));
        }
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }

    /** Names that a pattern means: {@code *} stands for any characters, {@code ?} for one. Case does not count, as on Windows. */
    static Predicate<String> names(String pattern) {
        String expression =
                Wildcards.expression(pattern).replace(Pattern.quote(FileSystemEndpoint.ANY_NAME), "[^/\\\\]*");
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
        return Pattern.compile(expression, flags).asMatchPredicate();
    }

    /**
     * Reads paths that were written for Windows or for Unix: {@code /} and {@code \} both separate.
     *
     * @param fileSystem whose paths they become
     */
    record Paths(FileSystem fileSystem) {
        /**
         * The path of a text.
         *
         * @throws java.nio.file.InvalidPathException where the file system can have no such path
         */
        Path path(String text) {
            String separator = fileSystem.getSeparator();
            if (separator.equals("/") && Reachability.isOfWindows(text)) {
                // it would be looked for as a name here, and not be found, which says nothing of the share
                throw new InvalidPathException(
                        text,
                        "it is one of Windows, so it cannot be asked from here: give it as this computer sees it");
            }
            return fileSystem.getPath(text.replace("\\", separator).replace("/", separator));
        }

        /** The folder of a pattern such as {@code \\fs1\logs\mgc_*.trn}; the working folder where it names none. */
        Path folder(String pattern) {
            int last = lastSeparator(pattern);
            return path(last < 0 ? "." : pattern.substring(0, last + 1));
        }

        /** The last part of a pattern. */
        static Predicate<String> last(String pattern) {
            return names(pattern.substring(lastSeparator(pattern) + 1));
        }

        /**
         * Whether the last part of a pattern can only be the name of a folder: it is empty, or it has no wildcard and there is a
         * folder of that name.
         *
         * @throws java.nio.file.InvalidPathException where the file system can have no such path
         */
        boolean endsWithFolder(String pattern) {
            String last = pattern.substring(lastSeparator(pattern) + 1);
            boolean wild = last.contains("*") || last.contains("?");
            return last.isEmpty() || !wild && Files.isDirectory(path(pattern));
        }

        private static int lastSeparator(String text) {
            return Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
        }
    }
}
