package dev.runbook.simulation;

import dev.runbook.golden.GoldenFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder holds a {@code story.txt} of a run and all that comes of it, {@code told.txt}, word for word. */
class StoriesTest {
    static List<Path> stories() throws IOException {
        return GoldenFolder.behaviours("stories");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void isTold(Path story) throws IOException {
        String told = new Story(Files.readString(story.resolve("story.txt"))).play();

        GoldenFolder.verify(story, Set.of("story.txt"), "told.txt", told);
    }
}
