package dev.runbook.console;

import dev.runbook.event.Actor;
import java.net.InetAddress;
import java.net.UnknownHostException;

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

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this computer";
        }
    }
}
