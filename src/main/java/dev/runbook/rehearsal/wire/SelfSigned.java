package dev.runbook.rehearsal.wire;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;

/**
 * A new key and a certificate for {@code localhost} that it signed itself, as a SQL Server makes one at its start when nobody
 * gave it any. The JDK can read certificates but offers no way to make one, hence the DER.
 *
 * @param key the private key, on the curve P-256
 * @param certificate X.509 version 3, valid from 2000 to 2049
 */
record SelfSigned(PrivateKey key, X509Certificate certificate) {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] COMMON_NAME = Der.identifier(2, 5, 4, 3);
    private static final byte[] ALTERNATIVE_NAMES = Der.identifier(2, 5, 29, 17);

    static SelfSigned create() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();

        byte[] content = content(pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(content);
        byte[] certificate = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));

        return new SelfSigned(pair.getPrivate(), (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
    }

    private static byte[] content(byte[] publicKey) {
        byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text("runbook rehearsal"))));
        byte[] names = Der.sequence(ALTERNATIVE_NAMES, Der.octets(Der.sequence(Der.dnsName("localhost"))));
        return Der.sequence(
                Der.tagged(0, Der.integer(BigInteger.TWO)),
                Der.integer(BigInteger.ONE),
                ECDSA_WITH_SHA256,
                name,
                Der.sequence(Der.moment("000101000000Z"), Der.moment("491231235959Z")),
                name,
                publicKey,
                Der.tagged(3, Der.sequence(names)));
    }
}
