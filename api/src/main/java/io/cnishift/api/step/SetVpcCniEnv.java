package io.cnishift.api.step;

import java.util.Map;

/**
 * Sets environment variables of aws-node and waits until it has rolled and the subnets have that many free addresses. On an
 * EKS add-on it writes configurationValues (read, merge, write), else the DaemonSet.
 *
 * @param env an empty value removes the variable
 * @param freeAddresses subnet id to the count to wait for; empty: wait for the roll only
 */
public record SetVpcCniEnv(Map<String, String> env, Map<String, Integer> freeAddresses) {

    public SetVpcCniEnv {
        env = Map.copyOf(env);
        freeAddresses = Map.copyOf(freeAddresses);
    }
}
