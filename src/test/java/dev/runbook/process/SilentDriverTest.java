package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver has a log of its own, and the screen is the operator's. */
@Tag("process")
class SilentDriverTest {
    private static final String RUNBOOK = """
            runbook: ask
            title: Ask the server
            variables: {server: {type: sql-server}}
            steps: [{step: 1, title: t, require: f}]
            facts: {f: {server: server, sql: SELECT 1 AS a}}
            """;

    @TempDir
    Path folder;

    @Test
    void printsNothingBesideTheProgram() throws IOException {
        Files.writeString(folder.resolve("ask.yaml"), RUNBOOK);
        try (ServerSocket rude = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread hangsUp = new Thread(() -> hangUp(rude));
            hangsUp.setDaemon(true);
            hangsUp.start();
            Files.writeString(
                    folder.resolve("site.yaml"),
                    "server: {server: a, user: u, password: p, address: '127.0.0.1:" + rude.getLocalPort() + "'}\n");
            try (Program check = Program.start(folder, Program.line("check", "ask.yaml", "--vars", "site.yaml"))) {
                check.end();
                assertThat(check.printed()).contains("127.0.0.1").doesNotContain("WARNING", "SEVERE", "ConnectionID");
            }
        }
    }

    private static void hangUp(ServerSocket rude) {
        try {
            while (true) {
                rude.accept().close();
            }
        } catch (IOException e) {
            // the test is over
        }
    }
}
