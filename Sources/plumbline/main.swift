import EmbeddedAssets
import LinearAlgebra
print(kernelName(), plumbline_asset_at(0).count, String(cString: plumbline_commit()))
