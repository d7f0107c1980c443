package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

/** Holds the commands and options that pages written by hand speak of against those that there are. */
class DocumentedCommandsTest {
    private static final Pattern COMMAND = Pattern.compile("runbook\\.jar +([a-z][a-z-]*)");
    private static final Pattern OPTION = Pattern.compile("(?<![-\\w])--[a-z][a-z-]*");

    /** What follows the name of another program is that program's. */
    private static final Pattern OTHER_PROGRAM = Pattern.compile("(ansible-playbook|systemd-run)[^`#\n]*");

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandOfThePagesIsOne(Path page) throws IOException {
        List<String> commands =
                CommandTreeTest.visibleCommands().map(CommandSpec::name).toList();
        assertThat(COMMAND.matcher(Files.readString(page)).results().map(found -> found.group(1)))
                .isSubsetOf(commands);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyOptionOfThePagesIsOne(Path page) throws IOException {
        String help = CommandTreeTest.visibleCommands()
                .map(command -> new CommandLineRunner(folder)
                        .run(command.name(), "--help")
                        .out())
                .collect(Collectors.joining());
        String ours = OTHER_PROGRAM.matcher(Files.readString(page)).replaceAll("");
        assertThat(OPTION.matcher(ours).results().map(found -> found.group()))
                .allSatisfy(option -> assertThat(help).contains(option));
    }

    /** All but the one that tells what another program printed. */
    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md")
                            && !page.endsWith("rules.md")
                            && !page.endsWith("evidence/fleet.md"))
                    .sorted()
                    .toList();
        }
    }
}
