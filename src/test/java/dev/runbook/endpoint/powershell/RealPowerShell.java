package dev.runbook.endpoint.powershell;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code pwsh} on the PATH, for tests that need a real one. Where there is none they are skipped, and say so. */
public final class RealPowerShell {
    private RealPowerShell() {}

    /** Its path. Ends the test as skipped where there is none. */
    public static String program() {
        Optional<String> found = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("pwsh", "pwsh.exe").map(name -> new File(folder, name)))
                .filter(File::canExecute)
                .map(File::getAbsolutePath)
                .findFirst();
        if (found.isEmpty()) {
            System.out.println("SKIPPED: no pwsh on the PATH, so the host script was not run on a real PowerShell.");
        }
        assumeTrue(found.isPresent(), "no pwsh on the PATH");
        return found.get();
    }
}
