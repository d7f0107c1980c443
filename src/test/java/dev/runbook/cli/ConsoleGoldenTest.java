package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.golden.GoldenFolder;
import dev.runbook.session.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What commands print and end with. Each behaviour is a folder: {@code runbook.yaml}; {@code files}, which lie in the working
 * folder; {@code commands.txt}, a command a line, in which FOLDER is the working folder, RUN the newest run, and ~ a blank;
 * {@code console.txt}, what is expected.
 */
class ConsoleGoldenTest {
    // a path of the same length on every computer, for long lines are cut
    private final Path folder = Path.of("target/console");

    static List<Path> behaviours() throws IOException {
        return GoldenFolder.behaviours("console");
    }

    @Test
    void findsTheBehaviours() throws IOException {
        assertThat(behaviours()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("behaviours")
    void printsWhatIsExpected(Path behaviour) throws IOException {
        new TemporaryFolder(folder).close();
        copy(behaviour.resolve("files"), folder);
        Files.copy(behaviour.resolve("runbook.yaml"), folder.resolve("runbook.yaml"));
        CommandLineRunner runner = new CommandLineRunner(folder);
        StringBuilder console = new StringBuilder();
        for (String command : Files.readAllLines(behaviour.resolve("commands.txt"))) {
            CommandLineRunner.Result result = runner.run(arguments(command));
            console.append("$ runbook ").append(command).append('\n');
            console.append(shown(result.out())).append(shown(result.err()).replaceAll("(?m)^", "! "));
            console.append("= ").append(result.exit()).append("\n\n");
        }

        GoldenFolder.verify(
                behaviour, Set.of("runbook.yaml", "commands.txt", "files"), "console.txt", console.toString());
    }

    private String[] arguments(String command) throws IOException {
        String run = command.contains("RUN") ? newestRun() : "";
        return Arrays.stream(command.split(" "))
                .map(word -> word.replace("FOLDER", folder.toString())
                        .replace("RUN", run)
                        .replace('~', ' '))
                .toArray(String[]::new);
    }

    private String newestRun() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.sorted()
                    .reduce((first, second) -> second)
                    .orElseThrow()
                    .getFileName()
                    .toString();
        }
    }

    private String shown(String text) {
        return text.replace(folder.toAbsolutePath().toString(), "FOLDER")
                .replace(folder.toString(), "FOLDER")
                .replaceAll("(hash begins with|hash is) [0-9a-f]+", "$1 HASH")
                .stripTrailing()
                .concat(text.isBlank() ? "" : "\n");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        Files.createDirectories(to.resolve("copies"));
    }
}
