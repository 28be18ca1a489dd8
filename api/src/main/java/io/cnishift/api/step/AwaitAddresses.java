package io.cnishift.api.step;

import java.util.Map;

/**
 * Waits until subnets have as many free addresses as the plan promised.
 *
 * @param freeAddresses subnet id to the count to wait for
 */
public record AwaitAddresses(Map<String, Integer> freeAddresses) {

    public AwaitAddresses {
        freeAddresses = Map.copyOf(freeAddresses);
    }
}
