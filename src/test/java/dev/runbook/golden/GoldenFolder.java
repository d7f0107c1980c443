package dev.runbook.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of folders, one for each behaviour, each with what goes in and what is expected to come out.
 * {@code -Dgolden.update=true} writes down what comes out now; the build server refuses that.
 */
public final class GoldenFolder {
    private static final Path ROOT = Path.of("src/test/resources/golden");

    private GoldenFolder() {}

    /** The behaviours under a name, found automatically. */
    public static List<Path> behaviours(String name) throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve(name))) {
            return folders.sorted().toList();
        }
    }

    /** Compares what came out, and sees that the folder holds these files and no other. */
    public static void verify(Path behaviour, Set<String> inputs, String expectedFile, String actual)
            throws IOException {
        update(behaviour.resolve(expectedFile), actual);
        Set<String> wanted = new TreeSet<>(inputs);
        wanted.add(expectedFile);
        assertThat(files(behaviour)).as("files in " + behaviour).isEqualTo(wanted);
        assertThat(actual).as(behaviour.toString()).isEqualTo(Files.readString(behaviour.resolve(expectedFile)));
    }

    /** Compares what came out with a file. */
    public static void verify(Path expected, String actual) throws IOException {
        update(expected, actual);
        assertThat(actual).as(expected.toString()).isEqualTo(Files.readString(expected));
    }

    private static void update(Path expected, String actual) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            assertThat(System.getenv("CI"))
                    .as("a build server never rewrites what is expected")
                    .isNotEqualTo("true");
            Files.writeString(expected, actual);
        }
    }

    private static Set<String> files(Path behaviour) throws IOException {
        try (Stream<Path> files = Files.list(behaviour)) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
