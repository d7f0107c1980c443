package dev.runbook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Value;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.powershell.RealPowerShell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cmdlet as it is shown, ready for pasting: nothing in a value is ever taken for a part of the command. */
class OperationTest {
    private static final String QUOTES = "'\u2018\u2019\u201a\u201b\"\u201c\u201d\u201e`$();|& {}@#-ab";

    @Test
    void doublesEveryQuoteThatEndsATextInPowerShell() {
        assertThat(text(Map.of("Who", Value.of("x\u2019; Remove-Item * #"))))
                .isEqualTo("Set-It -Who 'x\u2019\u2019; Remove-Item * #'");
        assertThat(text(Map.of("Who", Value.of("'\u2018\u201a\u201b"))))
                .isEqualTo("Set-It -Who '''\u2018\u2018\u201a\u201a\u201b\u201b'");
        Map<String, Value> table = new LinkedHashMap<>();
        table.put("Replace", Value.of(List.of("a\u2019b")));
        table.put("o'clock", Value.NOTHING);
        assertThat(text(Map.of("L", new Value.Fields(table))))
                .isEqualTo("Set-It -L @{Replace=@('a\u2019\u2019b'); 'o''clock'=$null}");
    }

    @Test
    void isReadBackByARealPowerShellAsItWasMeant(@TempDir Path folder) throws IOException, InterruptedException {
        String pwsh = RealPowerShell.program();
        Random random = new Random(8216);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            values.add(random.ints(random.nextInt(12), 0, QUOTES.length())
                    .mapToObj(at -> String.valueOf(QUOTES.charAt(at)))
                    .collect(Collectors.joining()));
        }
        String script =
                "function Set-It($Who) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($Who)) + '.' }\n"
                        + values.stream()
                                .map(value -> text(Map.of("Who", Value.of(value))))
                                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(folder.resolve("pasted.ps1"), script);
        Process process = new ProcessBuilder(pwsh, "-NoLogo", "-NoProfile", "-NonInteractive", "-File", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        List<String> read = said.lines()
                .map(line -> line.endsWith(".")
                        ? new String(
                                Base64.getDecoder().decode(line.substring(0, line.length() - 1)),
                                StandardCharsets.UTF_8)
                        : line)
                .toList();
        assertThat(read).isEqualTo(values);
    }

    private static String text(Map<String, Value> parameters) {
        return new Operation.Cmdlet(new ShellTarget(List.of("X"), "pwsh"), "Set-It", parameters).text();
    }
}
