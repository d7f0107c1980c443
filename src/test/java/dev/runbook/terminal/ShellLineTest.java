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
        assertThat(CliContext.ShellLine.of(List.of("resume", "\\\\fs2\\runs\\r1"), true))
                .isEqualTo("resume \\\\fs2\\runs\\r1");
    }

    @Test
    void quotesForShWhatItWouldTakeApart() {
        assertThat(CliContext.ShellLine.of(List.of("a drill's folder", "x=$y", "\\\\fs1\\d$", ""), false))
                .isEqualTo("'a drill'\\''s folder' 'x=$y' '\\\\fs1\\d$' ''");
    }

    @Test
    void quotesOnWindowsWhatItsShellsWouldTakeApart() {
        assertThat(CliContext.ShellLine.of(List.of("D:\\My runs\\r1", "a,b", "it's"), true))
                .isEqualTo("\"D:\\My runs\\r1\" \"a,b\" \"it's\"");
    }
}
