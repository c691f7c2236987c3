// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/version.h"

#include "libcore/base/libraries.h"

namespace xorriso {
namespace {

constexpr const char* kLibraryVersion = "1.5.4";  // the oldest libisoburn, libisofs and libburn that will do

std::string library_line(const std::string& name, const std::string& version, const std::string& minimum) {
  return name + " in use :  " + version + "  (min. " + minimum + ")\n";
}

}  // namespace

std::string program_id() {
  const auto versions = core::library_versions();
  return std::string("XORRISO-") + kVersion + " " + kVersionTimestamp + ", LIBISOBURN-" + versions.libisoburn +
         ", LIBISOFS-" + versions.libisofs + ", LIBBURN-" + versions.libburn;
}

std::string greeting() {
  return std::string("xorriso ") + kVersion + " : RockRidge filesystem manipulator, libburnia project.\n\n";
}

std::string version_report() {
  const auto versions = core::library_versions();
  std::string text = std::string("xorriso ") + kVersion + "\n";
  text += "ISO 9660 Rock Ridge filesystem manipulator and CD/DVD/BD burn program\n";
  text += "Copyright (C) 2026, the authors of xorriso 2\n";
  text += std::string("xorriso version   :  ") + kVersion + "\n";
  text += std::string("Version timestamp :  ") + kVersionTimestamp + "\n";
  text += "Build timestamp   :  -none-given-\n";
  text += library_line("libisofs  ", versions.libisofs, kLibraryVersion);
  if (!versions.libjte.empty()) text += library_line("libjte    ", versions.libjte, versions.libjte);
  text += library_line("libburn   ", versions.libburn, kLibraryVersion);
  text += "libburn OS adapter:  " + versions.libburn_adapter + "\n";
  text += library_line("libisoburn", versions.libisoburn, kLibraryVersion);
  text += "Provided under GNU GPL version 3 or later.\n";
  text += "There is NO WARRANTY, to the extent permitted by law.\n";
  return text;
}

}  // namespace xorriso
