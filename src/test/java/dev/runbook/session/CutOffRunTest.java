package dev.runbook.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.endpoint.powershell.ChildProcessLauncher;
import dev.runbook.event.Actor;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunLock;
import dev.runbook.terminal.CliContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutOffRunTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void whateverCutsARunOffTheCommandThatResumesItIsPrintedAndItsLockIsFree() throws IOException {
        Files.writeString(folder.resolve("small.yaml"), """
            runbook: small
            title: A small one
            steps:
              - step: 1
                title: A question
                confirm: Shall it be?
            """);
        CliContext here = context();
        OpenedRunbook opened = OpenedRunbook.named("small.yaml", here);
        RunArchive archive = new RunArchive(folder.resolve("runs"));
        NewRun run = new NewRun(
                opened,
                List.of(),
                new NewRun.Where(archive, false, Optional.of("night")),
                Optional.empty(),
                Optional.empty());
        Stage stage = new Stage(
                ChildProcessLauncher::new,
                person -> question -> {
                    throw new StackOverflowError("too deep");
                },
                UnaryOperator.identity(),
                Optional.empty());

        assertThatThrownBy(() -> run.begin(here, Answers.NONE, stage)).isInstanceOf(StackOverflowError.class);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("The run was cut off here. To resume it: java -jar runbook.jar resume ")
                .contains("night");
        assertThat(archive.runs()).singleElement().satisfies(found -> {
            assertThat(found.state()).isPresent();
            assertThat(RunLock.held(found.folder())).isEqualTo(RunLock.Held.NO);
        });
    }

    private CliContext context() {
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new CliContext(
                new ByteArrayInputStream(new byte[0]),
                stream,
                stream,
                Map.of(),
                folder,
                false,
                () -> 0,
                CliContext.Language.ENGLISH,
                question -> Optional.empty(),
                Clock.fixed(Instant.parse("2026-11-21T03:12:09Z"), ZoneOffset.UTC),
                new Actor("jdoe", "jump1", 43, "1"));
    }
}
