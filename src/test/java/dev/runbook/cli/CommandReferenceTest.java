package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.golden.GoldenFolder;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

/** The page of all commands is made of what they say of themselves; {@code -Dgolden.update=true} writes it. */
class CommandReferenceTest {
    private static final Path PAGE = Path.of("docs/commands.md");
    private static final String EXIT_CODES = "\nExit codes:\n";

    @TempDir
    Path folder;

    @Test
    void thePageIsWhatTheCommandsSayOfThemselves() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Commands

                What each command says with `--help`, made from the code. [operating.md](operating.md) says when which is needed. A blank may
                stand in place of the `=` between an option and its value. The exit codes are the same for all of them:

                | code | meaning |
                |---|---|
                """);
        for (ExitCode code : ExitCode.values()) {
            String meaning = ExitCode.meanings().get(String.valueOf(code.number()));
            page.append("| ")
                    .append(code.number())
                    .append(" | ")
                    .append(meaning)
                    .append(" |\n");
        }
        CommandTreeTest.visibleCommands().forEach(command -> page.append(section(command)));

        GoldenFolder.verify(PAGE, page.toString());
    }

    private String section(CommandSpec command) {
        String help =
                new CommandLineRunner(folder).run(command.name(), "--help").out();
        int codes = help.indexOf(EXIT_CODES);
        int examples = help.indexOf("\nExample");
        assertThat(codes).as(command.name()).isPositive();
        String before = help.substring(0, codes);
        String after = examples > codes ? help.substring(examples) : "";
        String text = (before + after).lines().map(String::stripTrailing).reduce("", (all, line) -> all + line + "\n");
        return "\n## " + command.name() + "\n\n```text help\n" + text.strip() + "\n```\n";
    }
}
