package dev.runbook.endpoint.files;

import dev.runbook.value.Row;
import dev.runbook.value.Value;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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

/**
 * A file that lies in a folder.
 *
 * @param path where
 * @param size in bytes
 * @param modified when it was last written to
 */
record FoundFile(Path path, long size, FileTime modified) {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private static final Comparator<FoundFile> BY_NAME = Comparator.comparing(
                    (FoundFile file) -> file.name(), String.CASE_INSENSITIVE_ORDER)
            .thenComparing(file -> file.name());

    /** The files of a folder whose names match, by name; folders within it do not count. */
    static List<FoundFile> in(Path folder, Glob names) throws IOException {
        List<FoundFile> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, entry -> names.matches(name(entry)))) {
            for (Path entry : entries) {
                addFile(entry, found);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found.stream().sorted(BY_NAME).toList();
    }

    private static void addFile(Path entry, List<FoundFile> found) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                found.add(new FoundFile(entry, attributes.size(), attributes.lastModifiedTime()));
            }
        } catch (NoSuchFileException e) {
            // it went away while we were reading the folder, so it is not in it
            return;
        }
    }

    /** The name without the folder. */
    String name() {
        return name(path);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
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
