package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DoctorCommandTest {
    private static final String RUNBOOK = """
        runbook: looked-at
        title: Looked at
        variables:
          one: {type: sql-server, description: a server, example: sqlb.example.com}
          two: {type: sql-server, description: another, example: sqlc.example.com}
          share: {type: path, description: a folder, example: /nowhere}
          tools: {type: powershell, description: a shell, example: SkypeForBusiness}
        steps:
          - {step: 1, title: Ask, description: d, confirm: '{{one}} {{two}} {{share}}', when: there}
        facts:
          there: {cmdlet: Get-Host}
        """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("looked.yaml"), RUNBOOK);
    }

    @Test
    void looksAtThisComputerWithoutAnyValue() {
        CommandLineRunner.Result result = new CommandLineRunner(folder).run("doctor");

        assertThat(result.exit()).as(result.out()).isEqualTo(ExitCode.DONE);
        assertThat(result.out())
                .containsPattern("ok +Java +" + Runtime.version().feature())
                .containsPattern("note +window +none")
                .containsPattern("ok +runs +.*can be made");
    }

    @Test
    void looksAtWhatThereAreValuesForAndPassesOverTheRest() throws IOException {
        Path share = Files.createDirectory(folder.resolve("share"));
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CommandLineRunner.Result result = new CommandLineRunner(folder)
                    .run(
                            "doctor",
                            "looked.yaml",
                            "--var",
                            "one=127.0.0.1," + listener.getLocalPort(),
                            "--var",
                            "share=" + share);

            assertThat(result.exit()).as(result.out()).isEqualTo(ExitCode.DONE);
            assertThat(result.out())
                    .containsPattern("ok +one +127.0.0.1,\\d+, 127.0.0.1:\\d+: somebody listens")
                    .containsPattern("ok +share +" + share + " can be read and written to")
                    .doesNotContain("two", "SkypeForBusiness");
        }
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() throws IOException {
        int closed;
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            closed = listener.getLocalPort();
        }
        Files.writeString(
                folder.resolve("site.yaml"),
                "one: {server: 'sqlb', address: '127.0.0.1:" + closed + "', trust-server-certificate: true}\n"
                        + "share: " + folder.resolve("gone") + "\n"
                        + "tools: {modules: [SkypeForBusiness], program: /no/such/powershell}\n");

        CommandLineRunner.Result result =
                new CommandLineRunner(folder).run("doctor", "looked.yaml", "--vars", "site.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(result.out())
                .containsPattern("WRONG +one +sqlb, 127.0.0.1:\\d+: the port is refused")
                .containsPattern("note +one +nobody proves to be sqlb")
                .containsPattern("WRONG +share +.*gone is not there")
                .containsPattern("WRONG +tools +.*/no/such/powershell");
        assertThat(result.err()).contains("3 wrong");
    }
}
