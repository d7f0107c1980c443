package dev.runbook.doctor;

import dev.runbook.doctor.Observation.Verdict;
import dev.runbook.endpoint.Reachability;
import dev.runbook.endpoint.sql.DriverLibrary;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the computer on which a run would be started.
 *
 * @param system its operating system, with the version
 * @param windows whether that is Windows
 * @param java the version of Java
 * @param bits of Java: 32 or 64
 * @param jar the file of this program, as it was named
 * @param libraryPath where Java looks for libraries, {@code java.library.path}
 * @param terminal in what its terminal reads and writes characters; empty where there is none
 * @param columns of the terminal
 * @param runs the folder of all runs, as it was named
 */
public record ComputerLook(
        String system,
        boolean windows,
        Runtime.Version java,
        String bits,
        String jar,
        String libraryPath,
        Optional<Charset> terminal,
        int columns,
        String runs) {
    private static final int OLDEST_JAVA = 17;
    private static final int NARROW = 80;
    private static final String BEYOND_ASCII = "\u00e9\u2500";

    /** What was seen. */
    public List<Observation> findings() {
        List<Observation> found = new ArrayList<>(List.of(ofSystem(), ofJava(), ofJar(), ofWindow(), ofRuns()));
        if (windows) {
            found.add(ofLibrary());
        }
        return found;
    }

    private Observation ofSystem() {
        return windows
                ? Observation.ok("system", system)
                : Observation.of(
                        Verdict.NOTE,
                        "system",
                        system,
                        "The management tools and Windows logins are there on Windows alone. From here: a shell on"
                                + " another computer, and ntlm, kerberos or sql.");
    }

    private Observation ofJava() {
        String words = java + ", " + bits + " bits";
        if (java.feature() < OLDEST_JAVA) {
            return Observation.of(Verdict.WRONG, "Java", words, "Install Java " + OLDEST_JAVA + " or later.");
        }
        return bits.equals("32")
                ? Observation.of(
                        Verdict.NOTE, "Java", words, "Take one of 64 bits: the library for Windows logins is for x64.")
                : Observation.ok("Java", words);
    }

    private Observation ofJar() {
        return Reachability.isOfWindows(jar) && jar.startsWith("\\\\")
                ? Observation.of(
                        Verdict.WRONG,
                        "program",
                        jar + " lies on a share",
                        "Copy it to a disk of this computer: a share that goes away takes the rest of the program with"
                                + " it.")
                : Observation.ok("program", jar);
    }

    private Observation ofWindow() {
        if (terminal.isEmpty()) {
            return Observation.of(
                    Verdict.NOTE,
                    "window",
                    "none: input and output are not both a terminal",
                    "Nobody can be asked here; what a run asks has to be answered with --approve.");
        }
        String words = terminal.get() + ", " + columns + " columns";
        if (columns < NARROW) {
            return Observation.of(Verdict.NOTE, "window", words, "Make it " + NARROW + " columns wide or more.");
        }
        return terminal.get().newEncoder().canEncode(BEYOND_ASCII)
                ? Observation.ok("window", words)
                : Observation.of(
                        Verdict.NOTE,
                        "window",
                        words + " cannot show all signs",
                        "What it cannot show stands there as a question mark. In cmd, before the start: chcp 65001");
    }

    private Observation ofRuns() {
        try {
            Path folder = Path.of(runs).toAbsolutePath();
            boolean there = Files.isDirectory(folder);
            Path asked = there ? folder : folder.getParent();
            if (asked == null || !Files.isDirectory(asked)) {
                return Observation.of(
                        Verdict.WRONG,
                        "runs",
                        runs + " is in no folder",
                        "Make the folder, or name another with --runs.");
            }
            return Files.isWritable(asked)
                    ? Observation.ok("runs", there ? runs + " can be written to" : runs + " can be made")
                    : Observation.of(
                            Verdict.WRONG,
                            "runs",
                            runs + " cannot be written to",
                            "Have this account write there, or name another with --runs.");
        } catch (InvalidPathException e) {
            return Observation.of(Verdict.WRONG, "runs", runs + " is no path", "Name another with --runs.");
        }
    }

    private Observation ofLibrary() {
        return DriverLibrary.find(libraryPath)
                .map(file -> Observation.ok("Windows logins", file.toString()))
                .orElseGet(() -> Observation.of(
                        Verdict.NOTE,
                        "Windows logins",
                        "no " + DriverLibrary.name() + "*.x64.dll in a folder of the PATH",
                        "authentication: windows needs it; ntlm, kerberos and sql do not. docs/windows.md says where"
                                + " it comes from."));
    }
}
