package dev.runbook.rule;

import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.tsql.SelectList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the columns of catalogue views, of msdb and of {@code RESTORE HEADERONLY} hold, by name, from Microsoft's reference of
 * each. A name that means different things in different views ({@code type}) is not here. A hint for rules: what it does not
 * know, it does not know.
 */
final class ColumnTypes {
    private static final Map<String, ColumnType> KNOWN = known();

    private ColumnTypes() {}

    /** The type of a column of a fact's rows, those of the rows that it is asked for included. */
    static Optional<ColumnType> of(Runbook runbook, String fact, String column) {
        Optional<Fact> asked = Optional.ofNullable(runbook.facts().get(fact));
        for (int depth = 0; asked.isPresent() && depth <= runbook.facts().size(); depth++) {
            Optional<ColumnType> own = own(asked.get(), column);
            if (own.isPresent()) {
                return own;
            }
            asked = asked.get().forEach().map(rows -> runbook.facts().get(rows.text()));
        }
        return Optional.empty();
    }

    /** The type of a column of a fact's own source. */
    static Optional<ColumnType> own(Fact fact, String column) {
        if (fact.source() instanceof Fact.Source.Files) {
            return switch (column.toLowerCase(Locale.ROOT)) {
                case "size" -> Optional.of(ColumnType.NUMBER);
                case "modified" -> Optional.of(ColumnType.MOMENT);
                default -> Optional.of(ColumnType.TEXT);
            };
        }
        return fact.source() instanceof Fact.Source.Query query
                ? SelectList.of(query.sql().raw()).flatMap(columns -> named(columns, column))
                : Optional.empty();
    }

    private static Optional<ColumnType> named(List<SelectList.Column> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .flatMap(SelectList.Column::from)
                .map(from -> KNOWN.get(from.toLowerCase(Locale.ROOT)));
    }

    private static Map<String, ColumnType> known() {
        Map<ColumnType, String> names = new EnumMap<>(ColumnType.class);
        names.put(ColumnType.TEXT, """
            name state_desc user_access_desc recovery_model_desc type_desc physical_name collation_name log_reuse_wait_desc
            mirroring_state_desc mirroring_role_desc mirroring_safety_level_desc mirroring_partner_name
            mirroring_partner_instance mirroring_witness_name mirroring_witness_state_desc role_desc login_name
            loginame hostname host_name program_name cmd status primary_server primary_database secondary_server
            secondary_database monitor_server backup_source_directory backup_destination_directory backup_directory
            backup_share last_copied_file last_restored_file last_backup_file physical_device_name database_name
            server_name destination_database_name @@servername @@version @@servicename rtrim() ltrim()
            upper() lower() db_name() host_name() suser_sname() quotename() backupname databasename servername username
            machinename collation recoverymodel backuptypedescription logicalname physicalname filegroupname
            """);
        names.put(ColumnType.NUMBER, """
            database_id source_database_id compatibility_level user_access state file_id spid kpid
            blocked dbid ecid session_id endpoint_id open_transaction_count mirroring_state mirroring_role
            mirroring_role_sequence mirroring_safety_level mirroring_witness_state mirroring_failover_lsn
            mirroring_connection_timeout mirroring_redo_queue port redo_start_lsn redo_target_lsn restore_delay
            restore_threshold backup_threshold file_retention_period backup_retention_period restore_history_id
            backup_set_id media_set_id first_lsn last_lsn checkpoint_lsn database_backup_lsn object_id index_id rows
            enabled @@spid @@trancount count() count_big() datediff() row_number() is_srvrolemember() db_id() object_id()
            len() backuptype compressed position devicetype databaseversion backupsize firstlsn lastlsn checkpointlsn
            databasebackuplsn softwareversionmajor softwareversionminor forkpointlsn compressedbackupsize fileid
            """);
        names.put(ColumnType.TRUTH, """
            is_read_only is_in_standby is_auto_close_on is_trustworthy_on is_broker_enabled is_user_process
            is_encryption_enabled is_copy_only is_damaged begins_log_chain restore_all restore_mode disconnect_users
            threshold_alert_enabled user_specified_monitor isdamaged iscopyonly beginslogchain hasbackupchecksums
            issnapshot isreadonly issingleuser hasbulkloggeddata hasincompletemetadata isforceoffline ispresent
            """);
        names.put(ColumnType.MOMENT, """
            create_date login_time last_batch last_request_start_time last_request_end_time last_copied_date
            last_restored_date last_backup_date restore_date backup_start_date backup_finish_date
            start_execution_date stop_execution_date getdate() getutcdate() sysutcdatetime() backupstartdate
            backupfinishdate databasecreationdate
            """);
        names.put(ColumnType.GUID, """
            mirroring_guid redo_start_fork_guid redo_target_fork_guid secondary_id primary_id copy_job_id restore_job_id
            backup_job_id job_id backup_set_uuid first_recovery_fork_guid last_recovery_fork_guid database_guid family_guid
            alert_job_id newid() recoveryforkid familyguid firstrecoveryforkid backupsetguid bindingid
            """);
        Map<String, ColumnType> known = new HashMap<>();
        names.forEach(
                (type, words) -> Arrays.stream(words.strip().split("\\s+")).forEach(word -> known.put(word, type)));
        return Map.copyOf(known);
    }

    /** What the values of a column are. */
    enum ColumnType {
        /** Characters. */
        TEXT("text"),
        /** A number of any length. */
        NUMBER("a number"),
        /** A bit: true or false. */
        TRUTH("true or false"),
        /** A date and a time, which comes as text. */
        MOMENT("a date and time"),
        /** A GUID. */
        GUID("a GUID");

        private final String words;

        ColumnType(String words) {
            this.words = words;
        }

        /** The type in words. */
        String words() {
            return words;
        }
    }
}
