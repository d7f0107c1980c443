package dev.runbook.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with everything in it, kept in memory. Files that did not change share their bytes with the copy before. */
final class FolderCopy {
    private final Map<Path, byte[]> files;

    private FolderCopy(Map<Path, byte[]> files) {
        this.files = files;
    }

    static FolderCopy empty() {
        return new FolderCopy(Map.of());
    }

    /** The folder as it is now, behind this copy. */
    FolderCopy next(Path folder) {
        Map<Path, byte[]> now = new TreeMap<>();
        each(folder, file -> {
            Path name = folder.relativize(file);
            byte[] content = Files.readAllBytes(file);
            byte[] before = files.get(name);
            now.put(name, Arrays.equals(before, content) ? before : content);
        });
        return new FolderCopy(now);
    }

    /** Makes the folder what it was. Folders stay. */
    void restore(Path folder) {
        each(folder, file -> {
            if (!files.containsKey(folder.relativize(file))) {
                Files.delete(file);
            }
        });
        files.forEach((name, content) -> attempt(() -> {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.write(folder.resolve(name), content);
        }));
    }

    private static void each(Path folder, FileAction action) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                action.on(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void attempt(Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface FileAction {
        void on(Path file) throws IOException;
    }

    private interface Writing {
        void write() throws IOException;
    }
}
