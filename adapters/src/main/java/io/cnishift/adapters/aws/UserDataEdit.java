package io.cnishift.adapters.aws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Changes user data in the way of the image that it is for: Bottlerocket's TOML is edited, the arguments of bootstrap.sh (AL2)
 * are edited, and all else gets one more NodeConfig document behind what is there, for a later one overrides an earlier one
 * (amazon-eks-ami, nodeadm). What comes out is read again, and must say what it was to say.
 */
final class UserDataEdit {

    /** EC2 takes so many bytes before they are encoded. */
    private static final int MOST = 16_384;

    private static final Pattern WINDOWS = Pattern.compile("<powershell>", Pattern.CASE_INSENSITIVE);

    private UserDataEdit() {}

    /**
     * The user data with these settings, in base64 as EC2 takes it.
     *
     * @param base64 as EC2 gives it; null for none
     * @throws IllegalArgumentException when it has no place for them; the message holds nothing of it
     */
    static String edit(@Nullable String base64, NodeSettings settings) {
        UserData there = UserDataReader.read(base64);
        NodeSettings all = settings.over(there);
        byte[] old = base64 == null ? new byte[0] : Base64.getMimeDecoder().decode(base64);
        boolean zipped = UserDataReader.zipped(old);
        String text = new String(zipped ? UserDataReader.unzip(old) : old, StandardCharsets.UTF_8);
        byte[] plain = edited(text, all).getBytes(StandardCharsets.UTF_8);
        byte[] made = zipped ? zip(plain) : plain;
        if (made.length > MOST) {
            throw new IllegalArgumentException(
                    "with the new settings it has " + made.length + " bytes, and EC2 takes " + MOST);
        }
        String result = Base64.getEncoder().encodeToString(made);
        if (!settings.saidBy(UserDataReader.read(result))) {
            throw new IllegalArgumentException("the new settings have no effect in it; something in it overrides them");
        }
        return result;
    }

    private static String edited(String text, NodeSettings settings) {
        if (WINDOWS.matcher(text).find()) {
            throw new IllegalArgumentException("it is a script for Windows, which is not changed");
        }
        MimeDocument mime = MimeDocument.of(text);
        if (settings.joins().isPresent()
                && (BootstrapScript.in(text)
                        || UserDataReader.BOTTLEROCKET.matcher(text).find())) {
            throw new IllegalArgumentException(
                    "it names its cluster in a script or in Bottlerocket's settings, which are not changed to another one");
        }
        if (mime.multipart()) {
            return BootstrapScript.in(text)
                    ? BootstrapScript.edit(text, settings)
                    : mime.changed(BootstrapScript::in, script -> BootstrapScript.edit(script, settings))
                            .orElseGet(() -> mime.with(NodeConfig.TYPE, NodeConfig.of(settings)));
        }
        if (UserDataReader.BOTTLEROCKET.matcher(text).find()) {
            return BottlerocketEdit.edit(text, settings);
        }
        return BootstrapScript.in(text)
                ? BootstrapScript.edit(text, settings)
                : mime.with(NodeConfig.TYPE, NodeConfig.of(settings));
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(out)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes any number of bytes", e);
        }
        return out.toByteArray();
    }
}
