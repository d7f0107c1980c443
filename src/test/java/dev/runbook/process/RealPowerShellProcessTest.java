package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.powershell.RealPowerShell;
import dev.runbook.event.RunEvent;
import dev.runbook.golden.GoldenFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both procedures through a real PowerShell and a script module, which hands each cmdlet to the estate. */
@Tag("process")
class RealPowerShellProcessTest {
    private static final Pattern SHELL = Pattern.compile("(?m)^shell:.*\\R(?:[ -].*\\R)*");
    private static final Pattern PROGRAM = Pattern.compile("program: '?([^'\\r\\n}]*)");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void runsFromTheFirstStepToTheLastAndLeavesTheEstateAsItIsKept(Procedure procedure) throws IOException {
        String pwsh = RealPowerShell.program();
        try (Drill drill = procedure.drill(folder, Drill.Pace.FAST)) {
            useShell(pwsh);
            try (Program run = procedure.begin(drill)) {
                Program.Ended ended = run.end();

                assertThat(ended.exit()).as(ended.printed()).isZero();
                assertThat(ended.printed()).contains("DONE.").doesNotContain("Exception");
                GoldenFolder.verify(procedure.golden(), Set.of(), "estate.txt", drill.projection() + "\n");
                assertThat(Drill.events(drill.onlyRun()))
                        .as("what the module changes is sent through the shell")
                        .anyMatch(event -> event instanceof RunEvent.Sent sent
                                && sent.text().startsWith("Set-CsPersistentChatState"));
            }
        }
    }

    /** The site file as it would be on the night: a program and a module; the module finds the estate's own door. */
    private void useShell(String pwsh) throws IOException {
        Path site = folder.resolve("site.yaml");
        String text = Files.readString(site);
        Matcher shell = SHELL.matcher(text);
        assertThat(shell.find()).as(text).isTrue();
        Matcher relay = PROGRAM.matcher(shell.group());
        assertThat(relay.find()).as(shell.group()).isTrue();
        Path modules = Files.createDirectories(folder.resolve("Modules/SkypeForBusiness"));
        Path module = modules.resolve("SkypeForBusiness.psm1");
        try (InputStream stream = RealPowerShellProcessTest.class.getResourceAsStream("SkypeForBusiness.psm1")) {
            Files.copy(stream, module);
        }
        Files.copy(Path.of(relay.group(1)).resolveSibling("shell-door"), modules.resolve("shell-door"));
        Files.writeString(
                site,
                text.substring(0, shell.start())
                        + "shell: {modules: ['%s'], program: '%s'}\n".formatted(module, pwsh)
                        + text.substring(shell.end()));
    }
}
