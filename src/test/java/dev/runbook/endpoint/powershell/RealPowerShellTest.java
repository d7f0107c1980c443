package dev.runbook.endpoint.powershell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.rehearsal.shell.Transcript;
import dev.runbook.value.Row;
import dev.runbook.value.Value;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same transcript and the endpoint against a real {@code pwsh}, where there is one. */
class RealPowerShellTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void answersAsRecorded() throws IOException, URISyntaxException {
        Optional<String> program = program();
        if (program.isEmpty()) {
            return;
        }
        HostStart.Bootstrap bootstrap = HostStart.Bootstrap.draw(new Random(1));
        String module = probe();
        try (ShellLink link = new ChildProcessLauncher().launch(program.get(), bootstrap.arguments())) {
            link.send(bootstrap.script());
            for (Transcript.Entry entry : Transcript.entries()) {
                if (entry.sent()) {
                    if (entry.text().isEmpty()) {
                        LockSupport.parkNanos(500_000_000); // a cancel counts only while the call runs
                    }
                    link.send(entry.text().replace("powershell-probe.psm1", module));
                } else {
                    JsonNode answer = next(link, bootstrap.nonce());
                    boolean versionDiffers = answer.has("ready");
                    assertThat(versionDiffers ? entry.json().has("ready") : answer.equals(entry.json()))
                            .as("%s, wanted %s", answer, entry.text())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void carriesTextsThroughTheEndpoint() throws URISyntaxException {
        Optional<String> program = program();
        if (program.isEmpty()) {
            return;
        }
        Value text = Value.of("'; $(exit) \u2018\u201c \r\n\t 2026-11-21T03:12:09Z \ud800 🂡".repeat(1_000));
        try (PowerShellHost host =
                Shells.host(new ShellTarget(List.of(probe()), program.get()), new ChildProcessLauncher())) {
            assertThat(host.invoke("Get-Echo", Map.of("Value", text), List.of("Value"), Limits.none())
                            .equals(Answer.of(List.of(Row.of("Value", text)))))
                    .isTrue();
        }
    }

    private static JsonNode next(ShellLink link, String nonce) throws IOException {
        ShellLink.Line line = link.receive();
        while (line != null && !line.text().startsWith(nonce + " ")) {
            line = link.receive();
        }
        assertThat(line)
                .as(() -> "the host goes on; it said " + link.complaints())
                .isNotNull();
        return JSON.readTree(line.text().substring(nonce.length() + 1));
    }

    private static String probe() throws URISyntaxException {
        return Path.of(Transcript.class.getResource("powershell-probe.psm1").toURI())
                .toString()
                .replace('\\', '/');
    }

    private static Optional<String> program() {
        String path = System.getenv().getOrDefault("PATH", "");
        Optional<String> found = Stream.of(path.split(File.pathSeparator))
                .flatMap(folder -> Stream.of("pwsh", "pwsh.exe").map(name -> new File(folder, name)))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst();
        if (found.isEmpty()) {
            System.out.println(
                    "NO POWERSHELL HERE: no pwsh on the PATH; the host script was not run. Its recorded answers"
                            + " were replayed against the simulated shell instead (TranscriptTest).");
        }
        return found;
    }
}
