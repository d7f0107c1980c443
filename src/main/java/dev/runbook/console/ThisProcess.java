package dev.runbook.console;

import dev.runbook.event.Actor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/** Who runs this process, and where. */
public final class ThisProcess {
    private ThisProcess() {}

    /**
     * For the journal.
     *
     * @param version of this program
     */
    public static Actor actor(String version) {
        String user = System.getProperty("user.name", "somebody");
        return new Actor(user, host(), ProcessHandle.current().pid(), version);
    }

    /** Whether a process of this computer that was at work at that moment still is. */
    public static boolean isAlive(long process, Instant then) {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(found -> found.info()
                        .startInstant()
                        .map(start -> !start.isAfter(then))
                        .orElse(true))
                .isPresent();
    }

    /** The jar that this program was started from, as it was named then; {@code runbook.jar} where there is none. */
    public static String jar() {
        String from = ThisProcess.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return from.endsWith(".jar") ? System.getProperty("java.class.path") : "runbook.jar";
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this computer";
        }
    }
}
