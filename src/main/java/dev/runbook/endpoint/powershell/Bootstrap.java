package dev.runbook.endpoint.powershell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a host is started: the arguments of the program, and the host script that follows as the first line on its standard
 * input. So there is no script file, no execution policy and no data in the argument list.
 *
 * @param nonce random digits that every line of the host begins with; any other line is somebody else's output
 */
record Bootstrap(String nonce) {
    private static final String HOST = "host.ps1";

    // It must not mention the automatic variable for piped input: PowerShell would then read standard input itself.
    private static final String READ_AND_RUN =
            "$t=[Console]::OpenStandardInput();$b=New-Object System.Collections.ArrayList;"
                    + "while(($c=$t.ReadByte()) -ne 10){[void]$b.Add([byte]$c)};"
                    + "& ([scriptblock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String("
                    + "[Text.Encoding]::ASCII.GetString($b.ToArray()))))) '%s'";

    /** One for a new process. */
    static Bootstrap draw(RandomGenerator random) {
        byte[] digits = new byte[16];
        random.nextBytes(digits);
        return new Bootstrap(HexFormat.of().formatHex(digits));
    }

    /** What the program is started with. */
    List<String> arguments() {
        byte[] command = String.format(READ_AND_RUN, nonce).getBytes(StandardCharsets.UTF_16LE);
        return List.of(
                "-NoLogo",
                "-NoProfile",
                "-NonInteractive",
                "-OutputFormat",
                "Text",
                "-EncodedCommand",
                Base64.getEncoder().encodeToString(command));
    }

    /** The host script as one line. */
    String script() {
        try (InputStream host = Bootstrap.class.getResourceAsStream(HOST)) {
            return Base64.getEncoder().encodeToString(host.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
