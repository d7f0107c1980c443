package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.tds.SqlError;

/**
 * The errors of a simulated server, with the numbers and severities of {@code sys.messages}. The texts say the same as those
 * of a real server, in about the same words; nothing may depend on them.
 */
enum ServerError {
    SYNTAX(102, 15, "Incorrect syntax near '%s'."),
    UNDECLARED(137, 15, "Must declare the scalar variable \"%s\"."),
    NO_OPTION(155, 15, "'%s' is not a recognized %s option."),
    PARAMETER_MISSING(201, 16, "Procedure or function '%s' expects parameter '@%s', which was not supplied."),
    NOT_IN_TRANSACTION(226, 16, "%s statement not allowed within multi-statement transaction."),
    TRANSACTION_LEFT(
            266,
            16,
            "Transaction count after EXECUTE indicates a mismatching number of BEGIN and COMMIT statements. Previous"
                    + " count = %s, current count = %s."),
    NOTHING_TO_SAVE(628, 16, "Cannot issue SAVE TRANSACTION when there is no active transaction."),
    NO_BACKUP_IN_TRANSACTION(3021, 16, "Cannot perform a backup or restore operation within a transaction."),
    NOTHING_TO_COMMIT(3902, 16, "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION."),
    NOTHING_TO_ROLL_BACK(3903, 16, "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION."),
    NO_KILL_IN_TRANSACTION(6115, 16, "KILL command cannot be used inside user transactions."),
    NO_EXECUTE_PERMISSION(229, 14, "The EXECUTE permission was denied on the object '%s'."),
    NO_DATABASE_PERMISSION(262, 14, "%s permission denied in database '%s'."),
    NO_DATABASE(911, 16, "Database '%s' does not exist. Make sure that the name is entered correctly."),
    RECOVERING(922, 14, "Database '%s' is being recovered. Waiting until recovery is finished."),
    SINGLE_USER(924, 14, "Database '%s' is already open and can only have one user at a time."),
    IN_RESTORE(927, 14, "Database '%s' cannot be opened. It is in the middle of a restore."),
    OFFLINE(942, 14, "Database '%s' cannot be opened because it is offline."),
    IS_MIRROR(954, 14, "The database \"%s\" cannot be opened. It is acting as a mirror database."),
    LOCK_NOT_HELD(
            1223,
            16,
            "Cannot release the application lock (Database Principal: 'public', Resource: '%s') because"
                    + " it is not currently held."),
    ALREADY_MIRRORED(1405, 16, "The database \"%s\" is already enabled for database mirroring."),
    MIRROR_TOO_OLD(1412, 16, "The remote copy of database \"%s\" has not been rolled forward far enough."),
    NOT_MIRRORED(1416, 16, "Database \"%s\" is not configured for database mirroring."),
    NO_PARTNER(1418, 16, "The server network address \"%s\" can not be reached or does not exist."),
    NOT_IN_STEP(1422, 16, "The mirror server instance is not caught up to the recent changes to database \"%s\"."),
    PARTNER_HAS_NONE(1452, 16, "The partner server instance name must be distinct, and must have database \"%s\"."),
    MIRROR_NOT_RESTORING(1464, 16, "Database \"%s\" is not in a recovering state, which a mirror database must be in."),
    MIRROR_NEEDS_FULL(1465, 16, "Database \"%s\" is not in full recovery mode on each of the server instances."),
    MIRRORED(1468, 16, "The operation cannot be performed on database \"%s\" because it is involved in mirroring."),
    ONLY_PRINCIPAL(
            1470,
            16,
            "The alter database for this partner config values may only be initiated on the"
                    + " current principal server for database \"%s\"."),
    FILE_TAKEN(1834, 16, "The file '%s' cannot be overwritten.  It is being used by database '%s'."),
    ENDS(3013, 16, "%s is terminating abnormally."),
    CONFLICT(
            3031,
            16,
            "Option '%s' conflicts with option(s) '%s'. Remove the conflicting option and reissue the" + " statement."),
    STANDBY_BACKUP(3036, 16, "The database \"%s\" is in warm-standby state and cannot be backed up until recovered."),
    MIRROR_BACKUP(3059, 16, "This BACKUP or RESTORE command is not supported on a database mirror."),
    IN_USE(3101, 16, "Exclusive access could not be obtained because the database is in use."),
    IN_USE_HERE(
            3102,
            16,
            "RESTORE cannot process database '%s' because it is in use by this session."
                    + " It is recommended that the master database be used when performing this operation."),
    CANNOT_OPERATE_MIRRORED(
            3104,
            16,
            "RESTORE cannot operate on database '%s' because it is configured for"
                    + " database mirroring or has joined an availability group."),
    NO_RESTORE_PERMISSION(3110, 14, "User does not have permission to RESTORE database '%s'."),
    NOTHING_TO_ROLL_FORWARD(
            3117,
            16,
            "The log or differential backup cannot be restored because no files are ready" + " to rollforward."),
    RESTORE_NO_DATABASE(
            3118,
            16,
            "The database \"%s\" does not exist. RESTORE can only create a database when"
                    + " restoring either a full backup or a file backup of the primary file."),
    PLANNING(
            3119,
            16,
            "Problems were identified while planning for the RESTORE statement. Previous messages"
                    + " provide details."),
    WRONG_KIND(
            3135, 16, "The backup set in file '%s' was created by %s and cannot be used for this restore operation."),
    FULLY_RECOVERED(3153, 16, "The database is already fully recovered."),
    OTHER_DATABASE(3154, 16, "The backup set holds a backup of a database other than the existing '%s' database."),
    CANNOT_PLACE(3156, 16, "File '%s' cannot be restored to '%s'. Use WITH MOVE to identify a valid location."),
    TAIL_UNSAVED(
            3159,
            16,
            "The tail of the log for the database \"%s\" has not been backed up. Use BACKUP LOG WITH NORECOVERY to"
                    + " backup the log if it contains work you do not want to lose. Use the WITH REPLACE or WITH STOPAT"
                    + " clause of the RESTORE statement to just overwrite the contents of the log."),
    NEWER_SERVER(
            3169,
            16,
            "The database was backed up on a server running version %s. That version is incompatible"
                    + " with this server, which is running version %s."),
    DAMAGED(3183, 16, "RESTORE detected an error on a page in database \"%s\" as read from the backup set."),
    NO_CHECKSUMS(
            3187,
            16,
            "RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain"
                    + " checksum information."),
    WRITE_FAILED(3202, 16, "Write on \"%s\" failed: 112(There is not enough space on the disk.)"),
    ABORTED(3204, 16, "The backup or restore was aborted."),
    NO_LOGICAL_FILE(
            3234,
            16,
            "Logical file '%s' is not part of database '%s'. Use RESTORE FILELISTONLY to list the"
                    + " logical file names."),
    NO_ROOM_FOR_DATABASE(3257, 16, "There is insufficient free space on the disk volume to create the database '%s'."),
    DROP_NO_DATABASE(
            3701, 11, "Cannot drop the database '%s', because it does not exist or you do not have permission."),
    DROP_IN_USE(3702, 16, "Cannot drop database \"%s\" because it is currently in use."),
    DROP_MIRRORED(
            3743,
            16,
            "The database '%s' is enabled for database mirroring. Database mirroring must be removed"
                    + " before you drop the database."),
    READ_ONLY(3906, 16, "Failed to update database \"%s\" because the database is read-only."),
    NO_SUCH_SET(4038, 16, "Cannot find file ID %s on device '%s'."),
    CANNOT_OPEN_DATABASE(4060, 11, "Cannot open database \"%s\" requested by the login. The login failed."),
    NOT_IN_SIMPLE(4208, 16, "The statement %s is not allowed while the recovery model is SIMPLE."),
    NO_FULL_BACKUP(4214, 16, "BACKUP LOG cannot be performed because there is no current database backup."),
    TOO_LATE(
            4305,
            16,
            "The log in this backup set begins at LSN %s, which is too recent to apply to the database."
                    + " An earlier log backup that includes LSN %s can be restored."),
    CUT_OFF(
            4319,
            16,
            "A previous restore operation was interrupted and did not complete processing on file '%s'."
                    + " Either restore the backup set that was interrupted or restart the restore sequence."),
    TOO_EARLY(
            4326,
            16,
            "The log in this backup set terminates at LSN %s, which is too early to apply to the database."
                    + " A more recent log backup that includes LSN %s can be restored."),
    OTHER_PATH(
            4330,
            16,
            "This backup set cannot be applied because it is on a recovery path that is inconsistent with"
                    + " the database."),
    RECOVERY_CUT_OFF(
            4347,
            16,
            "The current restore sequence was previously interrupted during the transition to the online state."
                    + " RESTORE DATABASE WITH RECOVERY can be used to complete the transition to online."),
    CANNOT_ALTER(
            5011,
            14,
            "User does not have permission to alter database '%s', the database does not exist, or the"
                    + " database is not in a state that allows access checks."),
    NOT_IN_THIS_STATE(5052, 16, "ALTER DATABASE is not permitted while a database is in the %s state."),
    STANDBY_OPTION(5063, 16, "Database '%s' is in warm standby. A warm-standby database is read-only."),
    ALTER_FAILED(5069, 16, "ALTER DATABASE statement failed."),
    OTHER_USERS(5070, 16, "Database state cannot be changed while other users are using the database '%s'."),
    CANNOT_EXPAND(
            5149,
            16,
            "MODIFY FILE encountered operating system error 112(There is not enough space on the disk.)"
                    + " while attempting to expand a physical file of database '%s'."),
    NO_SUCH_SPID(6101, 16, "Session ID %s is not valid."),
    NO_KILL_PERMISSION(6102, 14, "User does not have permission to use the KILL statement."),
    OWN_SPID(6104, 16, "Cannot use KILL to kill your own process."),
    GONE_SPID(6106, 16, "Process ID %s is not an active process ID."),
    SYSTEM_SPID(6107, 14, "Only user processes can be killed."),
    NO_ROLLBACK_STATUS(
            6120,
            16,
            "Status report cannot be obtained. Rollback operation for Process ID %s is not in" + " progress."),
    CONVERSION(8114, 16, "Error converting data type %s to %s."),
    TOO_MANY_ARGUMENTS(8144, 16, "Procedure or function %s has too many arguments specified."),
    NO_SUCH_PARAMETER(8145, 16, "@%s is not a parameter for procedure %s."),
    NO_SUCH_PROCEDURE(2812, 16, "Could not find stored procedure '%s'."),
    NAME_MISSING(14262, 16, "The specified %s ('%s') does not exist."),
    NAME_OR_ID(14294, 16, "Supply either %s or %s to identify the job."),
    LOG_FULL(9002, 17, "The transaction log for database '%s' is full due to 'ACTIVE_TRANSACTION'."),
    LOGIN_FAILED(18456, 14, "Login failed for user '%s'."),
    AGENT_STOPPED(
            22022,
            16,
            "SQLServerAgent Error: SQLServerAgent is not currently running so it cannot be notified of"
                    + " this action."),
    JOB_RUNNING(22022, 16, "SQLServerAgent Error: Request to run job %s refused because the job is already running."),
    JOB_IDLE(
            22022,
            16,
            "SQLServerAgent Error: Request to stop job %s refused because the job is not currently running."),
    NOT_ONLINE(32007, 16, "Database %s is not ONLINE."),
    PRIMARY_EXISTS(32009, 16, "A log shipping primary entry already exists for database %s."),
    NOT_A_PRIMARY(32010, 16, "Database %s does not exist as log shipping primary."),
    STILL_HAS_SECONDARIES(
            32011,
            16,
            "Primary Database %s has active log shipping secondary database(s). Drop the"
                    + " secondary database(s) first."),
    SECONDARY_KNOWN(32012, 16, "Secondary %s.%s already exists for primary %s."),
    SECONDARY_EXISTS(32013, 16, "A log shipping entry already exists for secondary database %s."),
    NOT_A_SECONDARY(32014, 16, "Database %s does not exist as log shipping secondary."),
    SIMPLE_MODEL(32015, 16, "The primary database %s cannot have SIMPLE recovery for log shipping to work properly."),
    JOB_NAME_CLASH(
            32022,
            16,
            "Cannot add a log shipping job with name %s. A job with same name already exists in the"
                    + " system and this job does not belong to log shipping category."),
    REGISTER_PRIMARY_FIRST(
            32023,
            16,
            "An entry for primary server %s, primary database %s does not exist on this"
                    + " secondary. Register the primary first."),
    LINK_EXISTS(32024, 16, "An entry for primary server %s, primary database %s already exists."),
    LINK_IN_USE(
            32025,
            16,
            "Primary Server %s, Database %s has active log shipping secondary database(s) on the"
                    + " secondary. Drop the secondary database(s) first."),
    UNKNOWN_STATEMENT(
            50000,
            16,
            "The rehearsal does not know this statement: %s. Use one that it knows, or script an"
                    + " answer in the scene: answers: - {at: 'how it begins*', rows: [{column: value}]}."),
    UNKNOWN_PROCEDURE(
            50000,
            16,
            "The rehearsal does not know the procedure %s. Use one that it knows, or script an"
                    + " answer in the scene: answers: - {at: 'how it begins*', rows: [{column: value}]}.");

    private final int number;
    private final int severity;
    private final String pattern;

    ServerError(int number, int severity, String pattern) {
        this.number = number;
        this.severity = severity;
        this.pattern = pattern;
    }

    /** The number in {@code sys.messages}. */
    int number() {
        return number;
    }

    /** The error, with what it speaks of filled in. */
    SqlError of(Object... about) {
        return new SqlError(number, severity, 1, pattern.formatted(about), 1);
    }
}
