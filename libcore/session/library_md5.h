// SPDX-License-Identifier: GPL-3.0-or-later
//
// libisofs calls its public MD5 functions iso_md5_start(), iso_md5_compute(), iso_md5_clone(), iso_md5_end() through the
// dynamic linker. This program exports functions of these names, so that libisofs uses ours. With a libisofs that binds
// its symbols internally they are simply never called, and all works as before.
#pragma once

namespace core::session {

/// True if libisofs computes its checksums by our functions. Found out once, by letting it compute one.
bool library_md5_is_ours();

/// While such an object exists, the first thread other than the creator's that computes a checksum by the iso_md5_*
/// functions gets its digests done by yet another thread. At most one object at a time; it must outlive the image generator.
class DeferredDigests {
 public:
  DeferredDigests();
  ~DeferredDigests();
  DeferredDigests(const DeferredDigests&) = delete;
  DeferredDigests& operator=(const DeferredDigests&) = delete;
};

}  // namespace core::session
