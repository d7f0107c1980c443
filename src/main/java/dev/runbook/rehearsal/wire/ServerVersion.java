package dev.runbook.rehearsal.wire;

/** The version that the simulated servers give themselves on the wire: SQL Server 2014 SP3. */
public final class ServerVersion {
    /** 12 is SQL Server 2014. */
    public static final int MAJOR = 12;
    /** Always 0. */
    public static final int MINOR = 0;
    /** Service pack 3. */
    public static final int BUILD = 6024;

    private ServerVersion() {}
}
