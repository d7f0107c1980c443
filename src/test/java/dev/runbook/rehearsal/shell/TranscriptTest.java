package dev.runbook.rehearsal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TranscriptTest {
    private static final String NONCE = "c0ffee";
    private static final List<String> ARGUMENTS = List.of(
            "-EncodedCommand",
            Base64.getEncoder().encodeToString("& (…) 'c0ffee'".getBytes(StandardCharsets.UTF_16LE)));

    @Test
    void answersEveryRecordedRequestAsTheRealOneDid() throws IOException {
        SimulatedShell shell = new SimulatedShell(List.of(ProbeModule.module()), ShellFaults.NONE);
        SimulatedShell.Ends ends = shell.connect(ARGUMENTS);
        BufferedReader answers = new BufferedReader(new InputStreamReader(ends.answers(), StandardCharsets.US_ASCII));
        send(ends.requests(), Base64.getEncoder().encodeToString("# host".getBytes(StandardCharsets.UTF_8)));
        int compared = 0;
        for (Transcript.Entry entry : Transcript.entries()) {
            if (entry.sent()) {
                send(ends.requests(), entry.text());
            } else {
                assertThat(new JsonMapper().readTree(nextLine(answers))).isEqualTo(entry.json());
                compared++;
            }
        }
        assertThat(compared).isEqualTo(28);
    }

    @Test
    void beginsEachAnswerOnALineOfItsOwn() throws IOException {
        SimulatedShell.Ends ends = new SimulatedShell(List.of(), ShellFaults.NONE).connect(ARGUMENTS);
        send(ends.requests(), "IyBob3N0");
        assertThat((char) ends.answers().read()).isEqualTo('\n');
    }

    private static String nextLine(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        while (line.isEmpty()) {
            line = answers.readLine();
        }
        assertThat(line).startsWith(NONCE + " ");
        return line.substring(NONCE.length() + 1);
    }

    private static void send(OutputStream requests, String line) throws IOException {
        requests.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        requests.flush();
    }
}
