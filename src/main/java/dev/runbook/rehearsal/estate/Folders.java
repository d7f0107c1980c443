package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Scene.Effect;
import dev.runbook.rehearsal.scene.Scene.FolderSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The real folders of an estate.
 *
 * @param byName each under its name in the scene
 */
record Folders(Map<String, Path> byName) {
    /** Copies the map. */
    Folders {
        byName = Map.copyOf(byName);
    }

    /** Makes one for each folder of a scene. */
    static Folders make(Scene scene, Path within) throws IOException {
        Map<String, Path> made = new LinkedHashMap<>();
        for (FolderSpec folder : scene.folders()) {
            made.put(
                    folder.name(),
                    Files.createDirectories(within.resolve(folder.name())).toRealPath());
        }
        return new Folders(made);
    }

    /** The path of one. */
    Path of(String name) {
        return byName.get(name);
    }

    /** Lets an effect happen, and says what it did. */
    String apply(Effect effect) throws IOException {
        if (effect instanceof Effect.MoveFiles move) {
            List<Path> files = matching(move.from(), move.matching());
            for (Path file : files) {
                Files.move(file, of(move.to()).resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            return "moved %d files from %s to %s".formatted(files.size(), move.from(), move.to());
        }
        Effect.DeleteFiles delete = (Effect.DeleteFiles) effect;
        List<Path> files = matching(delete.from(), delete.matching());
        for (Path file : files) {
            Files.delete(file);
        }
        return "deleted %d files in %s".formatted(files.size(), delete.from());
    }

    /** A text with the names of the folders in place of their paths, which differ from one start to the next. */
    String named(String text) {
        String named = text;
        for (Map.Entry<String, Path> folder : byName.entrySet()) {
            named = named.replace(folder.getValue().toString(), "{" + folder.getKey() + "}");
        }
        return named;
    }

    private List<Path> matching(String folder, String pattern) throws IOException {
        Predicate<String> matches = Wildcard.whole(pattern);
        try (Stream<Path> files = Files.list(of(folder))) {
            return files.filter(file -> matches.test(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }
}
