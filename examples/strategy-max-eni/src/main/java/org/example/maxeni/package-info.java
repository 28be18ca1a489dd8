/** A strategy of a third party: caps the network interfaces of nodes. Start at {@link org.example.maxeni.MaxEniStrategy}. */
package org.example.maxeni;
