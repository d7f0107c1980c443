package dev.runbook.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.event.Actor;
import dev.runbook.report.Paint;
import dev.runbook.windows.WindowsFiles;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliContextTest {
    private static final Charset OF_A_WINDOW = Charset.forName("IBM850");

    @TempDir
    private Path disk;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void onWindowsTheCaseOfANameInTheEnvironmentDoesNotCount() {
        CliContext windows = context(Map.of("Os", "Windows_NT", "Drill_Password", "x"), false);
        assertThat(windows.isWindows()).isTrue();
        assertThat(new CliContext.ConsoleSecrets(windows).environment("DRILL_PASSWORD"))
                .contains("x");

        CliContext other = context(Map.of("Drill_Password", "x"), false);
        assertThat(new CliContext.ConsoleSecrets(other).environment("DRILL_PASSWORD"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "OS, Windows_NT, false",
        "WT_SESSION, 1, false",
        "ANSICON, 80x25, true",
        "ConEmuANSI, OFF, false",
        "ConEmuANSI, ON, true",
        "FORCE_COLOR, 1, true",
        "TERM, xterm-256color, true",
        "TERM, dumb, false",
    })
    void aWindowOfWindowsGetsEscapeSequencesOnlyWhereItIsKnownToObeyThem(String name, String value, boolean obeys) {
        Map<String, String> environment =
                name.equals("OS") ? Map.of(name, value) : Map.of("OS", "Windows_NT", name, value);
        CliContext context = context(environment, true);
        assertThat(context.paint()).isEqualTo(obeys ? Paint.COLOURED : Paint.PLAIN);
        assertThat(context.movesCursor()).isEqualTo(obeys);
    }

    @Test
    void elsewhereATerminalIsKnownToObeyThemUnlessItSaysOtherwise() {
        assertThat(context(Map.of(), true).paint()).isEqualTo(Paint.COLOURED);
        assertThat(context(Map.of("NO_COLOR", "1"), true).paint()).isEqualTo(Paint.PLAIN);
        assertThat(context(Map.of("TERM", "dumb"), true).movesCursor()).isFalse();
        assertThat(context(Map.of(), false).paint()).isEqualTo(Paint.PLAIN);
    }

    @Test
    void whatProgramsReadIsUtf8WhateverTheWindowHas() {
        context(Map.of(), false).document("Zürich\n");
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("Zürich\n");

        shown.reset();
        context(Map.of(), true).document("Zürich\n");
        assertThat(shown.toString(OF_A_WINDOW)).isEqualTo("Zürich\n");
    }

    @Test
    void aNameThatNoFileCanHaveHereIsAMistakeOfWhoeverTypedIt() {
        Path work = new WindowsFiles(disk).getPath("C:\\work");
        CliContext context = context(Map.of(), false, work);
        assertThatThrownBy(() -> context.path("a|b"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("\"a|b\"");
        assertThat(context.path("a\\b")).hasToString("C:\\work\\a\\b");
    }

    private CliContext context(Map<String, String> environment, boolean terminal) {
        return context(environment, terminal, Path.of(""));
    }

    private CliContext context(Map<String, String> environment, boolean terminal, Path folder) {
        PrintStream out = new PrintStream(shown, true, OF_A_WINDOW);
        return new CliContext(
                InputStream.nullInputStream(),
                out,
                out,
                environment,
                folder,
                terminal,
                () -> 80,
                CliContext.Language.ENGLISH,
                question -> Optional.empty(),
                Clock.systemUTC(),
                new Actor("jdoe", "jump1", 42, "0.1.0"));
    }
}
