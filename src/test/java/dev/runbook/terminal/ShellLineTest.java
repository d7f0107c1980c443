package dev.runbook.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellLineTest {
    @Test
    void leavesAlonePlainWords() {
        assertThat(CliContext.ShellLine.of(
                        List.of("java", "-jar", "runbook.jar", "resume", "runs/2026-11-21T03-12-09Z-failover"), false))
                .isEqualTo("java -jar runbook.jar resume runs/2026-11-21T03-12-09Z-failover");
        assertThat(onWindows("resume", "\\\\fs2\\runs\\r1")).isEqualTo("resume \\\\fs2\\runs\\r1");
        assertThat(onWindows("--var", "copy_dir=D:\\pchatlogs\\"))
                .as("a backslash before a quote would swallow what follows")
                .isEqualTo("--var copy_dir=D:\\pchatlogs\\");
    }

    @Test
    void quotesForShWhatItWouldTakeApart() {
        assertThat(CliContext.ShellLine.of(List.of("a drill's folder", "x=$y", "\\\\fs1\\d$", ""), false))
                .isEqualTo("'a drill'\\''s folder' 'x=$y' '\\\\fs1\\d$' ''");
    }

    @Test
    void quotesOnWindowsWhatItsShellsWouldTakeApart() {
        assertThat(onWindows("D:\\My runs\\r1", "a,b", "it's", ""))
                .isEqualTo("\"D:\\My runs\\r1\" \"a,b\" \"it's\" \"\"");
    }

    @Test
    void whatEachShellOfWindowsTakesOtherwiseIsWrittenForEach() {
        assertThat(onWindows("java", "x=$(whoami) y", "100%PATH%"))
                .isEqualTo("java ^\"x=$^(whoami^) y^\" ^\"100^%PATH^%^\"\n"
                        + "in PowerShell:  java 'x=$(whoami) y' '100%PATH%'");
    }

    @Test
    void quotesWithinAndABackslashAtTheEndReachTheProgramAsTheyAre() {
        assertThat(onWindows("java", "say \"yes\" & go", "D:\\My runs\\"))
                .isEqualTo("java ^\"say \\^\"yes\\^\" ^& go^\" ^\"D:\\My runs\\\\^\"\n"
                        + "in PowerShell:  java --% \"say \\\"yes\\\" & go\" \"D:\\My runs\\\\\"");
    }

    @Test
    void whatIsAddedIsAddedToEach() {
        assertThat(CliContext.longer("one\nother", " --take-over")).isEqualTo("one --take-over\nother --take-over");
    }

    private static String onWindows(String... words) {
        return CliContext.ShellLine.of(List.of(words), true);
    }
}
