package dev.runbook.endpoint.sql;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The questions about the sessions and the lock of a run. */
final class RunSessions {
    /** A server shows no more than 32 characters of the name of a lock; none of these means anything to LIKE. */
    private static final Pattern LOCK = Pattern.compile("[A-Za-z0-9 .-]{1,32}");

    /** What {@code sp_getapplock} returns when the lock is not free within the time it may wait. */
    static final int HELD_BY_ANOTHER = -1;

    private RunSessions() {}

    /** The other sessions of that program that work at something. */
    static String atWork(String application) {
        return "SELECT spid AS session_id, RTRIM(cmd) AS command, RTRIM(status) AS status FROM sys.sysprocesses"
                + " WHERE program_name = N'" + application.replace("'", "''")
                + "' AND spid <> @@SPID AND status <> N'sleeping'";
    }

    /** Who holds a lock. A server shows its name as {@code 0:[name]:(hash)}. */
    static String holder(String lock) throws SqlTrouble {
        check(lock);
        return "SELECT l.request_session_id AS session_id, RTRIM(p.program_name) AS program, RTRIM(p.hostname) AS host,"
                + " RTRIM(p.loginame) AS login, p.login_time AS since"
                + " FROM sys.dm_tran_locks AS l JOIN sys.sysprocesses AS p ON p.spid = l.request_session_id"
                + " WHERE l.resource_type = N'APPLICATION' AND l.request_status = N'GRANT'"
                + " AND l.resource_description LIKE N'%" + lock + "%'";
    }

    /** Takes a lock at once or not at all. */
    static ProcedureCall take(String lock) throws SqlTrouble {
        Map<String, Value> parameters = named(lock);
        parameters.put("LockMode", Value.of("Exclusive"));
        parameters.put("LockOwner", Value.of("Session"));
        parameters.put("LockTimeout", Value.of(0));
        return new ProcedureCall("sp_getapplock", parameters);
    }

    /** Gives a lock back. */
    static ProcedureCall give(String lock) throws SqlTrouble {
        Map<String, Value> parameters = named(lock);
        parameters.put("LockOwner", Value.of("Session"));
        return new ProcedureCall("sp_releaseapplock", parameters);
    }

    private static Map<String, Value> named(String lock) throws SqlTrouble {
        check(lock);
        Map<String, Value> parameters = new LinkedHashMap<>();
        parameters.put("Resource", Value.of(lock));
        return parameters;
    }

    private static void check(String lock) throws SqlTrouble {
        if (!LOCK.matcher(lock).matches()) {
            throw new SqlTrouble(
                    Failure.definite(Kind.LASTING, "lock-name", "'" + lock + "' cannot be the name of a lock"));
        }
    }
}
