package dev.runbook.tsql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The columns of what RESTORE tells about a backup, up to SQL Server 2016; older versions leave out the last ones. */
final class BackupColumns {
    private static final List<String> HEADER =
            List.of(("BackupName BackupDescription BackupType ExpirationDate Compressed "
                            + "Position DeviceType UserName ServerName DatabaseName DatabaseVersion DatabaseCreationDate BackupSize "
                            + "FirstLSN LastLSN CheckpointLSN DatabaseBackupLSN BackupStartDate BackupFinishDate SortOrder CodePage "
                            + "UnicodeLocaleId UnicodeComparisonStyle CompatibilityLevel SoftwareVendorId SoftwareVersionMajor "
                            + "SoftwareVersionMinor SoftwareVersionBuild MachineName Flags BindingID RecoveryForkID Collation "
                            + "FamilyGUID HasBulkLoggedData IsSnapshot IsReadOnly IsSingleUser HasBackupChecksums IsDamaged "
                            + "BeginsLogChain HasIncompleteMetaData IsForceOffline IsCopyOnly FirstRecoveryForkID ForkPointLSN "
                            + "RecoveryModel DifferentialBaseLSN DifferentialBaseGUID BackupTypeDescription BackupSetGUID "
                            + "CompressedBackupSize containment KeyAlgorithm EncryptorThumbprint EncryptorType")
                    .split(" "));

    private static final List<String> FILES =
            List.of(("LogicalName PhysicalName Type FileGroupName Size MaxSize FileID "
                            + "CreateLSN DropLSN UniqueID ReadOnlyLSN ReadWriteLSN BackupSizeInBytes SourceBlockSize FileGroupID "
                            + "LogGroupGUID DifferentialBaseLSN DifferentialBaseGUID IsReadOnly IsPresent TDEThumbprint SnapshotURL")
                    .split(" "));

    private BackupColumns() {}

    /** The columns of {@code RESTORE HEADERONLY} and {@code RESTORE FILELISTONLY}; empty for everything else. */
    static Optional<List<String>> of(String kind) {
        return switch (kind.toUpperCase(Locale.ROOT)) {
            case "HEADERONLY" -> Optional.of(HEADER);
            case "FILELISTONLY" -> Optional.of(FILES);
            default -> Optional.empty();
        };
    }
}
