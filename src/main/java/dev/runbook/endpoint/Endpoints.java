package dev.runbook.endpoint;

/** The edges that a run may touch. Asking twice for one target gives the same endpoint, and so one connection. */
public interface Endpoints extends AutoCloseable {
    /** The server of that target; nothing is dialled before the first question. */
    SqlServer sqlServer(SqlTarget target);

    /** The shell of that target; nothing is started before the first call. */
    Shell shell(ShellTarget target);

    /** Files and folders. */
    FileSystemEndpoint files();

    /** Ends all connections and processes. */
    @Override
    void close();
}
