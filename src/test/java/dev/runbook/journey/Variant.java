package dev.runbook.journey;

import dev.runbook.rehearsal.scene.SceneFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A scene that differs from a shipped one in a few lines. */
final class Variant {
    private Variant() {}

    /**
     * Writes it into a folder.
     *
     * @param changes what stands in the shipped scene and what stands there instead, in turns; each once
     * @return its file, to be given to a {@link Rig}
     */
    static String of(Path folder, String shipped, String... changes) throws IOException {
        String text = SceneFiles.text(shipped).orElseThrow();
        for (int i = 0; i < changes.length; i += 2) {
            if (!text.contains(changes[i])) {
                throw new AssertionError("not in " + shipped + ": " + changes[i]);
            }
            text = text.replace(changes[i], changes[i + 1]);
        }
        return Files.writeString(folder.resolve("variant.yaml"), text).toString();
    }
}
