package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Actor;
import dev.runbook.terminal.CliContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    @TempDir
    Path folder;

    @Test
    void writesASiteFileInUtf8WhateverTheConsoleIs() throws IOException {
        Files.writeString(folder.resolve("r.yaml"), """
            runbook: r
            title: Übergabe
            variables: {name: {type: text, description: "名稱"}}
            steps:
              - {step: 1, title: Go, confirm: 'Go, {{name}}?'}
            """);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CliContext context = new CliContext(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.US_ASCII),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.US_ASCII),
                Map.of(),
                folder,
                false,
                () -> 0,
                CliContext.Language.ENGLISH,
                question -> Optional.empty(),
                new TickingClock(CommandLineRunner.NOW),
                new Actor("jdoe", "jump1", 42, "0.1.0"));

        CommandTree.execute(context, "plan", "r.yaml", "--site-template");

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Übergabe", "名稱");
    }
}
